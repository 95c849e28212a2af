using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the keys <c>method.request.{header|path|querystring}.{name}</c> of a method.</summary>
internal sealed class ValidationParameterCompiler(MethodDefinition method, DefinitionOrigin origin, bool isExact, DefinitionErrors errors)
{
    private const string Prefix = "method.request.";

    /// <summary>Gives the required parameters in the order in which missing ones are told, and those that no request can have.</summary>
    public (ValidationParameter[] Required, IReadOnlyList<string> AlwaysMissing) Compile(PathVariable[] variables)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var required = new List<ValidationParameter>();
        var alwaysMissing = new List<string>();

        // By the text of the key: headers come first, then paths, then query strings.
        foreach (var (key, isRequired) in method.RequestParameters.OrderBy(static parameter => parameter.Key, StringComparer.Ordinal))
        {
            if (!TryParse(key, out var place, out var name))
            {
                Report(key, $"A request parameter is 'method.request.header.NAME', '...path.NAME' or '...querystring.NAME', but is '{key}'.");
                continue;
            }

            if (!names.Add(name))
            {
                Report(key, $"Parameter names must be unique across querystring, header and path, but '{name}' is not. Rename one of them.");
            }

            if (isRequired)
            {
                var variable = place == ValidationPlace.Path ? Array.FindIndex(variables, variable => variable.Name == name) : -1;
                required.Add(new ValidationParameter(place, name, variable));
                if (place == ValidationPlace.Path && variable < 0)
                {
                    alwaysMissing.Add(name);
                }
            }
        }

        return ([.. required], alwaysMissing);
    }

    private static bool TryParse(string key, out ValidationPlace place, out string name)
    {
        place = default;
        name = "";
        var dot = key.StartsWith(Prefix, StringComparison.Ordinal) ? key.IndexOf('.', Prefix.Length) : -1;
        if (dot < 0 || dot + 1 == key.Length)
        {
            return false;
        }

        name = key[(dot + 1)..];
        switch (key[Prefix.Length..dot])
        {
            case "header":
                place = ValidationPlace.Header;
                return true;
            case "path":
                place = ValidationPlace.Path;
                return true;
            case "querystring":
                place = ValidationPlace.Query;
                return true;
            default:
                return false;
        }
    }

    private void Report(string key, string message)
    {
        var at = origin.Child("RequestParameters").Child(key);
        if (isExact)
        {
            errors.Warn(at, message);
        }
        else
        {
            errors.Add(at, message);
        }
    }
}
