using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The application takes the message.</summary>
/// <param name="timeout">How long it may take.</param>
/// <param name="handler">The named handler.</param>
internal sealed class MessageHandlerPlan(TimeSpan timeout, Func<WebSocketMessage, ValueTask> handler) : IntegrationPlan(Backend.MessageHandler, timeout)
{
    public Func<WebSocketMessage, ValueTask> Handler { get; } = handler;
}
