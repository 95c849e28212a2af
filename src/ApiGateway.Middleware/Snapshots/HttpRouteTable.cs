namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds the route of an HTTP API.</summary>
/// <remarks>
/// Routes without a greedy variable come before those with one, and these before <c>$default</c>. Among them paths are compared segment
/// by segment: fixed text before <c>{x}</c> before <c>{x+}</c>; the method itself comes before <c>ANY</c>, but only for one path. One walk in
/// that order finds both: the first whole match ends it, and the first greedy one on the way stands in if there is none. A node is
/// visited once at most. Source: "Create routes for HTTP APIs in API Gateway".
/// </remarks>
/// <param name="root">The routes with a path.</param>
/// <param name="rest">The route <c>$default</c>, or <see langword="null"/>.</param>
/// <param name="preflight">What answers preflights that no route takes, or <see langword="null"/>.</param>
/// <param name="depth">How many segments the longest path has.</param>
/// <param name="routes">All routes.</param>
internal sealed class HttpRouteTable(
    RouteNode root, RouteSnapshot? rest, RouteSnapshot? preflight, int depth, IReadOnlyList<RouteSnapshot> routes) : RouteTable(depth, routes)
{
    /// <summary>How many places a node has: <c>ANY</c> and <c>$default</c> take methods that have no number of their own, too.</summary>
    public const int MethodCount = RouteMethod.Count + 1;

    private const int OtherMethod = RouteMethod.Count;

    /// <inheritdoc/>
    public override bool KeepsTrailingSlash => true;

    /// <inheritdoc/>
    public override RouteSnapshot? Match(ReadOnlySpan<char> path, ReadOnlySpan<int> segments, bool isEncoded, int method)
    {
        var isPreflight = method == RouteMethod.Preflight;
        var place = isPreflight ? RouteMethod.Options : method == RouteMethod.Unknown ? OtherMethod : method;
        RouteSnapshot? greedy = null;
        return Match(root, path, segments, 0, isEncoded, place, ref greedy) ?? greedy ?? rest ?? (isPreflight ? preflight : null);
    }

    private static RouteSnapshot? Match(
        RouteNode node, ReadOnlySpan<char> path, ReadOnlySpan<int> segments, int index, bool isEncoded, int method, ref RouteSnapshot? greedy)
    {
        if (index == segments.Length)
        {
            // The slash of '/' is there, so that '/{proxy+}' takes it with nothing behind.
            if (node[method] is null && index == 0)
            {
                greedy ??= node.Greedy?[method];
            }

            return node[method];
        }

        var start = segments[index];
        var segment = index + 1 < segments.Length ? path[start..(segments[index + 1] - 1)] : path[start..];
        if (node.Literals.Count > 0 && FindLiteral(node, segment, isEncoded) is { } child
            && Match(child, path, segments, index + 1, isEncoded, method, ref greedy) is { } found)
        {
            return found;
        }

        if (node.Variable is { } variable && segment.Length > 0
            && Match(variable, path, segments, index + 1, isEncoded, method, ref greedy) is { } any)
        {
            return any;
        }

        greedy ??= node.Greedy?[method];
        return null;
    }
}
