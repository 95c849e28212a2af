using ApiGateway.Middleware.Context;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.WebSockets;

/// <summary>What the route <c>$connect</c> says of a handshake.</summary>
/// <param name="Status">From 200 to 299 the connection is opened.</param>
/// <param name="Error">Why the route has failed, or <see langword="null"/> if it has not.</param>
/// <param name="Subprotocols">The subprotocol that it chose.</param>
internal readonly record struct ConnectVerdict(int Status, GatewayError? Error, StringValues Subprotocols);
