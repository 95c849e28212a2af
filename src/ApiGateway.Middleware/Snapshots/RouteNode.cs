namespace ApiGateway.Middleware.Snapshots;

/// <summary>A resource: what may follow it in the path, and its methods.</summary>
internal sealed class RouteNode(
    SegmentTable<RouteNode> literals, RouteNode? variable, RouteNode? greedy, RouteSnapshot?[]? methods)
{
    /// <summary>Gets the children with a fixed path part.</summary>
    public SegmentTable<RouteNode> Literals { get; } = literals;

    /// <summary>Gets the child <c>{x}</c>.</summary>
    public RouteNode? Variable { get; } = variable;

    /// <summary>Gets the child <c>{x+}</c>, which has no children.</summary>
    public RouteNode? Greedy { get; } = greedy;

    /// <summary>Gets the route for a method. <c>ANY</c> is filled in where a method has no route of its own.</summary>
    /// <param name="method">A number of <see cref="RouteMethod"/>, or <see cref="RouteMethod.Preflight"/>.</param>
    public RouteSnapshot? this[int method] => methods is { } routes ? routes[method] : null;
}
