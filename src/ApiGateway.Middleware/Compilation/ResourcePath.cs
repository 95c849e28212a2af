using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the path of a resource: <c>/orders/{id}</c>, <c>/files/{proxy+}</c>.</summary>
internal static class ResourcePath
{
    /// <summary>Cuts a path into its parts; the root has none.</summary>
    public static string[] PartsOf(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed.Length == 0 ? [] : trimmed.Split('/');
    }

    public static bool IsVariable(string part) => part is ['{', .., '}'];

    public static bool IsGreedy(string part) => part is ['{', .., '+', '}'];

    /// <summary>Gets the name in <c>{name}</c> or <c>{name+}</c>.</summary>
    public static string NameOf(string part) => part.Trim('{', '}', '+');

    public static PathVariable[] VariablesOf(string path) =>
    [
        .. PartsOf(path)
            .Select(static (part, index) => (part, index))
            .Where(static item => IsVariable(item.part))
            .Select(static item => new PathVariable(NameOf(item.part), item.index, IsGreedy(item.part))),
    ];

    /// <summary>Checks the form of a path; adds what is wrong to <paramref name="errors"/>.</summary>
    public static bool Check(string path, DefinitionOrigin origin, DefinitionErrors errors)
    {
        var before = errors.Errors.Count;
        if (!path.StartsWith('/'))
        {
            errors.Add(origin, $"A resource path begins with '/', but is '{path}'.");
        }

        var parts = PartsOf(path);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.Length == 0)
            {
                errors.Add(origin, $"The resource path '{path}' has an empty part. Remove one of the slashes.");
            }
            else if (!IsVariable(part))
            {
                if (part.AsSpan().ContainsAny('{', '}'))
                {
                    errors.Add(origin, $"A path variable is a whole part, such as '{{id}}', but the part is '{part}'.");
                }
                else if (!part.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~:,!$&'()*+;=@%".Contains(c, StringComparison.Ordinal)))
                {
                    errors.Add(origin, $"The part '{part}' of the resource path has a character that a path cannot have. Percent-encode it.");
                }
            }
            else if (NameOf(part).Length == 0)
            {
                errors.Add(origin, $"A path variable needs a name, but the part is '{part}'.");
            }
            else if (!names.Add(NameOf(part)))
            {
                errors.Add(origin, $"The path variable '{NameOf(part)}' appears twice in '{path}'. Rename one of them.");
            }
            else if (IsGreedy(part) && i < parts.Length - 1)
            {
                errors.Add(origin, $"Cannot create a child of a resource with a greedy path variable: {part}");
            }
        }

        return errors.Errors.Count == before;
    }
}
