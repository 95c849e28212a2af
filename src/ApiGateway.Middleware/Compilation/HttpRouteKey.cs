using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the key of a route of an HTTP API. Source: "Create routes for HTTP APIs in API Gateway".</summary>
internal static class HttpRouteKey
{
    public const string Any = "ANY";
    public const string Default = "$default";

    private const string Form = "A route's key is '$default' or 'METHOD /path' with one space, such as 'GET /orders/{id}'";

    /// <summary>Cuts a key into method and path, or gives <see langword="null"/> and tells what is wrong. The path of <c>$default</c> is that word.</summary>
    public static (string Method, string Path)? Read(string key, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (key == Default)
        {
            return (Any, Default);
        }

        var space = key.IndexOf(' ', StringComparison.Ordinal);
        var method = space < 0 ? key : key[..space];
        var path = space < 0 ? "" : key[(space + 1)..];
        if (path.Length == 0 || path[0] != '/' || path.Contains(' ', StringComparison.Ordinal))
        {
            errors.Add(origin, $"{Form}, but is '{key}'.");
            return null;
        }

        if (method != Any && !RouteMethod.Names.Contains(method))
        {
            errors.Add(
                origin, $"The method of a route is one of {string.Join(", ", RouteMethod.Names)} and {Any}, in upper case, but is '{method}'.");
            return null;
        }

        if (path.Length > 1 && path[^1] == '/')
        {
            errors.Add(origin, $"The path of a route does not end in '/', but is '{path}'. Remove the slash.");
            return null;
        }

        if (path.Contains("//", StringComparison.Ordinal))
        {
            errors.Add(origin, $"The path '{path}' has an empty part. Remove one of the slashes.");
            return null;
        }

        return ResourcePath.Check(path, origin, errors) ? (method, path) : null;
    }
}
