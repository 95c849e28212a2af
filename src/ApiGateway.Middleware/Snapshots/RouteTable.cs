using System.Buffers;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds the method of a resource that a path and an HTTP method ask for.</summary>
/// <remarks>
/// Pairs of path and method match, not paths alone: a resource without the method does not take part. Segments are compared from
/// left to right, fixed text before <c>{x}</c> before <c>{x+}</c>, and a way that leads nowhere is left again. The tree bounds the
/// search: no node is visited twice. Source: "How API Gateway routes requests", and recordings of the service.
/// </remarks>
internal sealed class RouteTable(RouteNode root, int depth, IReadOnlyList<RouteSnapshot> routes)
{
    public static readonly RouteTable Empty = new(new RouteNode(SegmentTable<RouteNode>.Empty, null, null, null), 0, []);

    private const int DecodedOnStack = 256;

    /// <summary>Gets how many segments of a path matter: those of the longest resource.</summary>
    public int Depth { get; } = depth;

    public IReadOnlyList<RouteSnapshot> Routes { get; } = routes;

    /// <summary>Finds the route for <paramref name="path"/>.</summary>
    /// <param name="path">The resource path as it was received, without slashes at its ends.</param>
    /// <param name="segments">Where each of the first <see cref="Depth"/> + 1 segments starts in <paramref name="path"/>.</param>
    /// <param name="isEncoded">Whether the path holds percent-encoded characters.</param>
    /// <param name="method">A number of <see cref="RouteMethod"/>.</param>
    public RouteSnapshot? Match(ReadOnlySpan<char> path, ReadOnlySpan<int> segments, bool isEncoded, int method) =>
        (uint)method > RouteMethod.Preflight ? null : Match(root, path, segments, 0, isEncoded, method);

    private static RouteSnapshot? Match(
        RouteNode node, ReadOnlySpan<char> path, ReadOnlySpan<int> segments, int index, bool isEncoded, int method)
    {
        if (index == segments.Length)
        {
            return node[method];
        }

        var start = segments[index];
        var rest = path[start..];
        var segment = index + 1 < segments.Length ? path[start..(segments[index + 1] - 1)] : rest;

        // The last start known is that of the first segment beyond the longest resource: more may follow in it.
        if (node.Literals.Count > 0)
        {
            var child = isEncoded && segment.Contains('%') ? FindDecoded(node, segment) : node.Literals.Find(segment);
            if (child is not null && Match(child, path, segments, index + 1, isEncoded, method) is { } found)
            {
                return found;
            }
        }

        if (node.Variable is { } variable && segment.Length > 0
            && Match(variable, path, segments, index + 1, isEncoded, method) is { } any)
        {
            return any;
        }

        return node.Greedy is { } greedy && rest.Length > 0 ? greedy[method] : null;
    }

    private static RouteNode? FindDecoded(RouteNode node, ReadOnlySpan<char> segment)
    {
        char[]? rented = null;
        var decoded = segment.Length <= DecodedOnStack
            ? stackalloc char[DecodedOnStack]
            : rented = ArrayPool<char>.Shared.Rent(segment.Length);

        var child = Uri.TryUnescapeDataString(segment, decoded, out var length) ? node.Literals.Find(decoded[..length]) : null;

        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return child;
    }
}
