namespace ApiGateway.Middleware.Contracts;

/// <summary>When a connection was last active.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="LastActiveAt">When the last data message went either way, in UTC.</param>
public readonly record struct ConnectionActivity(string ConnectionId, DateTimeOffset LastActiveAt);
