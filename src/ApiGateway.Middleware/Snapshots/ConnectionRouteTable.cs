namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds what a WebSocket API answers over HTTP: handshakes at the root of a stage, and <c>@connections/{id}</c>.</summary>
/// <param name="handshake">What opens a connection, whatever the method: it refuses what asks for none.</param>
/// <param name="connections">The routes of <c>@connections</c> by method.</param>
internal sealed class ConnectionRouteTable(RouteSnapshot handshake, IReadOnlyDictionary<int, RouteSnapshot> connections)
    : RouteTable(2, [handshake, .. connections.Values])
{
    private const string Connections = "@connections";
    private const string Encoded = "%40connections";

    /// <inheritdoc/>
    public override RouteSnapshot? Match(ReadOnlySpan<char> path, ReadOnlySpan<int> segments, bool isEncoded, int method) =>
        segments.IsEmpty ? handshake : IsConnection(path, segments) ? connections.GetValueOrDefault(method) : null;

    /// <inheritdoc/>
    public override bool Knows(ReadOnlySpan<char> path, ReadOnlySpan<int> segments) => segments.IsEmpty || IsConnection(path, segments);

    private static bool IsConnection(ReadOnlySpan<char> path, ReadOnlySpan<int> segments) =>
        segments.Length == 2 && path[..(segments[1] - 1)] is Connections or Encoded;
}
