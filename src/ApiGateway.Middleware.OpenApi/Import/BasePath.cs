using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Works out what stands before the paths of a document.</summary>
internal static partial class BasePath
{
    /// <summary>Gets the prefix, without a slash at its end; empty for none.</summary>
    public static string Of(ImportContext context)
    {
        if (context.Options.BasePathMode == BasePathMode.Ignore)
        {
            return "";
        }

        var text = context.IsSwagger ? context.Text(context.Root, "basePath") : OfServers(context);
        var parts = (text ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var kept = context.Options.BasePathMode == BasePathMode.Split ? parts.Skip(1) : parts;
        return string.Concat(kept.Select(static part => $"/{part}"));
    }

    private static string? OfServers(ImportContext context)
    {
        if (context.Array(context.Root, "servers") is not { Items: [{ IsObject: true } server, ..] })
        {
            return null;
        }

        var variables = context.Object(server, "variables");
        string DefaultOf(string name) =>
            variables is not null && context.Object(variables, name) is { } variable ? context.Text(variable, "default") ?? "" : "";

        // Recorded: a variable of this name counts wherever the address puts it.
        if (variables?.Has("basePath") == true)
        {
            return DefaultOf("basePath");
        }

        if (context.Text(server, "url") is not { } url)
        {
            return null;
        }

        url = Variable.Replace(url, match => DefaultOf(match.Groups["name"].Value));
        var authority = url.IndexOf("//", StringComparison.Ordinal);
        var start = authority < 0 ? 0 : url.IndexOf('/', authority + 2);
        return start < 0 ? null : url[start..].Split('?', '#')[0];
    }

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable { get; }
}
