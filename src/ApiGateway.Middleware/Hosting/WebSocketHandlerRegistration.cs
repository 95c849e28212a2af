using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A handler of messages and the name under which integrations find it.</summary>
internal sealed record WebSocketHandlerRegistration(string Name, Func<IServiceProvider, Func<WebSocketMessage, ValueTask>> Create);
