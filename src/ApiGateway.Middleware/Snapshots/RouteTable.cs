using System.Buffers;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds the route that a path and an HTTP method ask for, by the rules of the API's kind.</summary>
internal abstract class RouteTable(int depth, IReadOnlyList<RouteSnapshot> routes)
{
    public static readonly RouteTable Empty = new ResourceTable(new RouteNode(SegmentTable<RouteNode>.Empty, null, null, null), 0, []);

    private const int DecodedOnStack = 256;

    /// <summary>Gets how many segments of a path matter: those of the longest route.</summary>
    public int Depth { get; } = depth;

    public IReadOnlyList<RouteSnapshot> Routes { get; } = routes;

    /// <summary>Gets whether slashes at the end of a path begin a segment of their own, instead of making no difference.</summary>
    public virtual bool KeepsTrailingSlash => false;

    /// <summary>Finds the route for <paramref name="path"/>.</summary>
    /// <param name="path">The path as it was received, without the slash at its start and, unless the table keeps them, those at its end.</param>
    /// <param name="segments">Where each of the first <see cref="Depth"/> + 1 segments starts in <paramref name="path"/>.</param>
    /// <param name="isEncoded">Whether the path holds percent-encoded characters.</param>
    /// <param name="method">A number of <see cref="RouteMethod"/>.</param>
    public abstract RouteSnapshot? Match(ReadOnlySpan<char> path, ReadOnlySpan<int> segments, bool isEncoded, int method);

    /// <summary>Tells whether a path that no route takes is refused for its method, as far as callers are told.</summary>
    /// <param name="path">The path, as <see cref="Match"/> gets it.</param>
    /// <param name="segments">Its segments, as <see cref="Match"/> gets them.</param>
    public virtual bool Knows(ReadOnlySpan<char> path, ReadOnlySpan<int> segments) => true;

    /// <summary>Finds what is below a node by fixed text. Segments are decoded once, each for itself: <c>%2F</c> begins no new one.</summary>
    protected static RouteNode? FindLiteral(RouteNode node, ReadOnlySpan<char> segment, bool isEncoded) =>
        isEncoded && segment.Contains('%') ? FindDecoded(node, segment) : node.Literals.Find(segment);

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
