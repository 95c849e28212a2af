using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.WebSockets;
using ApiGateway.Middleware.WebSockets.Connections;

namespace ApiGateway.Middleware.Tests.WebSockets;

/// <summary>Keeps what happens, and lets a test say how long a handler takes.</summary>
internal sealed class FakeEvents : IConnectionEvents
{
    public List<string> Ended { get; } = [];

    public Task Handler { get; set; } = Task.CompletedTask;

    /// <summary>Gets what completes when the first handler runs.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask OnMessageAsync(SocketConnection connection, ReadOnlyMemory<byte> message) => default;

    public Task OnDisconnectAsync(ClientConnection connection, int status, string reason)
    {
        lock (Ended)
        {
            Ended.Add(connection.ConnectionId);
        }

        Begun.TrySetResult();
        return Handler;
    }
}
