namespace ApiGateway.Middleware.Context;

/// <summary>A request, or an event of a connection, that has ended.</summary>
/// <param name="Context">The request.</param>
/// <param name="Status">How it was answered.</param>
/// <param name="Latency">How long it took, from arrival to the end of the answer.</param>
internal readonly record struct AccessLogEntry(GatewayContext Context, int Status, TimeSpan Latency);
