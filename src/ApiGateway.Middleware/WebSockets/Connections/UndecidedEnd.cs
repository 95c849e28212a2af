using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>The end of a connection for which <c>$disconnect</c> has not run, because the registry could not say who is to run it.</summary>
/// <param name="Client">The connection.</param>
/// <param name="NodeId">The node that held it.</param>
/// <param name="Reason">How it has ended.</param>
internal sealed record UndecidedEnd(ClientConnection Client, string NodeId, CloseReason Reason);
