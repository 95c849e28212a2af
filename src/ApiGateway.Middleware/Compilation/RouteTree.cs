using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The routes of an HTTP API as a tree, from which each stage gets its route table.</summary>
/// <remarks>Variables of different names stand at one place of the tree: only the route knows what they are called.</remarks>
internal sealed class RouteTree(DefinitionErrors errors)
{
    private readonly Place _root = new();
    private RouteSource? _default;
    private int _depth;

    public void Add(RouteSource route)
    {
        if (route.ResourcePath == HttpRouteKey.Default)
        {
            if (_default is not null)
            {
                errors.Add(route.Origin, $"Route with key {route.Key} already exists for this API. Remove one of them.");
            }

            _default = route;
            return;
        }

        var parts = ResourcePath.PartsOf(route.ResourcePath);
        var place = _root;
        foreach (var part in parts)
        {
            place = place.Below(part);
        }

        _depth = Math.Max(_depth, parts.Length);
        if (place.Routes.TryGetValue(route.HttpMethod, out var other))
        {
            errors.Add(
                route.Origin, other.Key == route.Key
                    ? $"Route with key {route.Key} already exists for this API. Remove one of them."
                    : $"Route with key {route.Key} already exists for this API as '{other.Key}': names of variables make no difference. Remove one of them.");
            return;
        }

        place.Routes[route.HttpMethod] = route;
    }

    /// <summary>Makes the table of a stage.</summary>
    /// <param name="compile">Compiles a route.</param>
    /// <param name="preflight">What answers preflights that no route takes, or <see langword="null"/>.</param>
    public HttpRouteTable Build(Func<RouteSource, RouteSnapshot> compile, RouteSnapshot? preflight)
    {
        var routes = new List<RouteSnapshot>();
        var root = Build(_root, compile, routes);
        var rest = _default is null ? null : compile(_default);
        if (rest is not null)
        {
            routes.Add(rest);
        }

        return new HttpRouteTable(root, rest, preflight, _depth, routes);
    }

    private static RouteNode Build(Place place, Func<RouteSource, RouteSnapshot> compile, List<RouteSnapshot> routes)
    {
        var literals = new List<KeyValuePair<string, RouteNode>>();
        foreach (var (part, child) in place.Literals)
        {
            literals.Add(new(part, Build(child, compile, routes)));
        }

        return new RouteNode(
            new SegmentTable<RouteNode>(literals),
            place.Variable is null ? null : Build(place.Variable, compile, routes),
            place.Greedy is null ? null : Build(place.Greedy, compile, routes),
            BuildMethods(place, compile, routes));
    }

    private static RouteSnapshot?[]? BuildMethods(Place place, Func<RouteSource, RouteSnapshot> compile, List<RouteSnapshot> routes)
    {
        if (place.Routes.Count == 0)
        {
            return null;
        }

        var methods = new RouteSnapshot?[HttpRouteTable.MethodCount];
        foreach (var (name, source) in place.Routes)
        {
            var route = compile(source);
            routes.Add(route);
            if (name != HttpRouteKey.Any)
            {
                methods[RouteMethod.Of(name)] = route;
                continue;
            }

            for (var i = 0; i < methods.Length; i++)
            {
                methods[i] ??= route;
            }
        }

        return methods;
    }

    private sealed class Place
    {
        /// <summary>Gets what is below by fixed text, in its decoded form: requests are compared in that.</summary>
        public Dictionary<string, Place> Literals { get; } = new(StringComparer.Ordinal);

        public Place? Variable { get; private set; }

        public Place? Greedy { get; private set; }

        public Dictionary<string, RouteSource> Routes { get; } = new(StringComparer.Ordinal);

        public Place Below(string part)
        {
            if (ResourcePath.IsGreedy(part))
            {
                return Greedy ??= new();
            }

            if (ResourcePath.IsVariable(part))
            {
                return Variable ??= new();
            }

            var text = Uri.UnescapeDataString(part);
            if (!Literals.TryGetValue(text, out var place))
            {
                Literals[text] = place = new();
            }

            return place;
        }
    }
}
