using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The resources of an API as a tree, from which each stage gets its route table.</summary>
internal sealed class ResourceTree(DefinitionErrors errors)
{
    private readonly Resource _root = new();
    private int _depth;

    public void Add(MethodDefinition method, DefinitionOrigin origin)
    {
        if (method.HttpMethod != "ANY" && !RouteMethod.Names.Contains(method.HttpMethod))
        {
            errors.Add(
                origin, $"Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY, but it is '{method.HttpMethod}'.");
            return;
        }

        if (!ResourcePath.Check(method.ResourcePath, origin, errors))
        {
            return;
        }

        var parts = ResourcePath.PartsOf(method.ResourcePath);
        var resource = _root;
        foreach (var written in parts)
        {
            // One spelling for each text, so that '%61' and 'a' are the same resource.
            var part = ResourcePath.IsVariable(written) ? written : Uri.EscapeDataString(Uri.UnescapeDataString(written));
            if (ResourcePath.IsVariable(part) && !resource.Children.ContainsKey(part)
                && resource.Children.Keys.FirstOrDefault(ResourcePath.IsVariable) is { } sibling)
            {
                errors.Add(
                    origin, $"A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed. Rename '{part}' to '{sibling}'.");
                return;
            }

            if (!resource.Children.TryGetValue(part, out var child))
            {
                resource.Children[part] = child = new Resource();
            }

            resource = child;
        }

        if (!resource.Methods.TryAdd(method.HttpMethod, method))
        {
            errors.Add(origin, $"The method '{method.RouteKey}' is defined twice. Remove one of them.");
        }

        _depth = Math.Max(_depth, parts.Length);
    }

    /// <summary>Makes the table of a stage.</summary>
    /// <param name="compile">Compiles a method.</param>
    /// <param name="compilePreflight">Gets the methods of a resource, and gives what answers its preflights if none of them does.</param>
    public RouteTable Build(
        Func<MethodDefinition, RouteSnapshot> compile, Func<IReadOnlyCollection<MethodDefinition>, RouteSnapshot>? compilePreflight = null)
    {
        var routes = new List<RouteSnapshot>();
        return new ResourceTable(Build(_root, compile, compilePreflight, routes), _depth, routes);
    }

    private static RouteNode Build(
        Resource resource, Func<MethodDefinition, RouteSnapshot> compile,
        Func<IReadOnlyCollection<MethodDefinition>, RouteSnapshot>? compilePreflight, List<RouteSnapshot> routes)
    {
        var literals = new List<KeyValuePair<string, RouteNode>>();
        RouteNode? variable = null;
        RouteNode? greedy = null;
        foreach (var (part, child) in resource.Children)
        {
            var node = Build(child, compile, compilePreflight, routes);
            if (ResourcePath.IsGreedy(part))
            {
                greedy = node;
            }
            else if (ResourcePath.IsVariable(part))
            {
                variable = node;
            }
            else
            {
                // Requests are compared in their decoded form.
                literals.Add(new(Uri.UnescapeDataString(part), node));
            }
        }

        return new RouteNode(new SegmentTable<RouteNode>(literals), variable, greedy, BuildMethods(resource, compile, compilePreflight, routes));
    }

    private static RouteSnapshot?[]? BuildMethods(
        Resource resource, Func<MethodDefinition, RouteSnapshot> compile,
        Func<IReadOnlyCollection<MethodDefinition>, RouteSnapshot>? compilePreflight, List<RouteSnapshot> routes)
    {
        if (resource.Methods.Count == 0)
        {
            return null;
        }

        // One more for preflights.
        var methods = new RouteSnapshot?[RouteMethod.Count + 1];
        foreach (var (name, method) in resource.Methods)
        {
            var route = compile(method);
            routes.Add(route);
            if (name == "ANY")
            {
                for (var i = 0; i < RouteMethod.Count; i++)
                {
                    methods[i] ??= route;
                }
            }
            else
            {
                methods[RouteMethod.Of(name)] = route;
            }
        }

        methods[RouteMethod.Preflight] = methods[RouteMethod.Options] ?? compilePreflight?.Invoke(resource.Methods.Values);
        return methods;
    }

    private sealed class Resource
    {
        public Dictionary<string, Resource> Children { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, MethodDefinition> Methods { get; } = new(StringComparer.Ordinal);
    }
}
