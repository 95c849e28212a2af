using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Fills a stage's variables into a backend's address and finds the places of path variables.</summary>
/// <remarks>
/// A request can never supply scheme, user, host or port: a path variable there is an error, and a stage variable there must give
/// a plain host name. An address that turns out wrong with this stage's variables is no error of the definition: as with the
/// managed service, requests then fail with 500, and a warning tells. Settings and code imply that a path variable of the route
/// supplies the place of the same name; a definition of the managed service has to map it.
/// </remarks>
internal sealed partial class UriPlanCompiler(
    IntegrationDefinition integration, DefinitionOrigin origin, bool isExact, StageSnapshot stage, PathVariable[] variables,
    DefinitionErrors errors)
{
    private const string IllegalTarget =
        "path and query cannot have spaces, controls, characters beyond ASCII, fragments, backslashes or dot segments";

    private readonly string? _uri = integration.Uri;

    /// <summary>Gets whether the rules of HTTP APIs apply: path variables need no mapping, and a stage variable that does not exist
    /// fails requests.</summary>
    public bool IsHttpApi { get; init; }

    /// <summary>Gets whether the request's path below the stage follows on that of the address.</summary>
    public bool AppendsPath { get; init; }

    public UriPlan? Compile()
    {
        if (string.IsNullOrWhiteSpace(_uri))
        {
            errors.Add(origin, "Invalid HTTP endpoint specified for URI: it is missing. Write 'http://host/path'.");
            return null;
        }

        var text = StageVariableText.Fill(_uri, stage.Variables, out var missing);
        if (IsHttpApi && missing is not null)
        {
            errors.Warn(origin, $"Stage '{stage.Name}' has no variable '{missing}', of which the address is made. Requests will fail with 500.");
            return null;
        }

        var isResolved = !ReferenceEquals(text, _uri);
        var scheme = SchemeOf(text);
        if (scheme == 0)
        {
            return Invalid(isResolved, text, "it must begin with http:// or https://");
        }

        var pathStart = text.AsSpan(scheme).IndexOfAny('/', '?');
        pathStart = pathStart < 0 ? text.Length : scheme + pathStart;
        var authority = text[scheme..pathStart];
        if (authority.Contains('{', StringComparison.Ordinal))
        {
            errors.Add(
                origin, $"A path variable cannot supply the host, but the address is '{_uri}'. Write the host out, or use ${{stageVariables.name}}.");
            return null;
        }

        if (!Authority.IsMatch(authority) || !Uri.TryCreate(text[..pathStart], UriKind.Absolute, out _))
        {
            return Invalid(isResolved, text, $"'{authority}' is no host name with or without port");
        }

        if (!IsLegalTarget(text.AsSpan(pathStart)))
        {
            return Invalid(isResolved, text, IllegalTarget);
        }

        var plan = Cut(text, pathStart);
        return AppendsPath ? WithPath(plan, pathStart) : plan;
    }

    // A route without a path has no variables either, so there is one part.
    private static UriPlan WithPath(UriPlan plan, int pathStart)
    {
        var text = plan.Parts[0].Text;
        var query = text.IndexOf('?', pathStart);
        var path = UriPart.Literal((query < 0 ? text : text[..query]).TrimEnd('/') + "/");
        return new UriPlan(query < 0 ? [path, UriPart.RequestPath] : [path, UriPart.RequestPath, UriPart.Literal(text[query..])]);
    }

    /// <summary>Compiles path and query of a server that is known.</summary>
    /// <param name="server">Scheme, host and port.</param>
    /// <param name="target">Path and query, stage variables filled in. Values in the query stay one value each.</param>
    public UriPlan? CompileBehind(string server, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (!IsLegalTarget(target))
        {
            var message = $"{IllegalTarget}, but it is '{_uri}'.";
            if (_uri!.Contains("${stageVariables.", StringComparison.Ordinal))
            {
                errors.Warn(origin, $"In stage '{stage.Name}', {message} Requests will fail with 500.");
            }
            else
            {
                errors.Add(origin, $"Invalid ARN specified in the request: {message}");
            }

            return null;
        }

        return Cut(server + target, server.Length, query < 0 ? int.MaxValue : server.Length + query);
    }

    private static bool IsLegalTarget(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        return !target.ContainsAnyExceptInRange('!', '~') && !target.ContainsAny('#', '\\')
            && !DotSegments.IsIn(query < 0 ? target : target[..query]);
    }

    private UriPlan Cut(string text, int pathStart, int guardedFrom = int.MaxValue)
    {
        var parts = new List<UriPart>();
        var literal = new StringBuilder(text[..pathStart]);
        if (pathStart == text.Length || text[pathStart] != '/')
        {
            literal.Append('/');
        }

        var at = pathStart;
        foreach (Match placeholder in Placeholder.Matches(text, pathStart))
        {
            literal.Append(text, at, placeholder.Index - at);
            at = placeholder.Index + placeholder.Length;
            var name = placeholder.Groups["name"].Value;
            var index = isExact && !IsHttpApi ? -1 : Array.FindIndex(variables, variable => variable.Name == name);
            var isMapped = IsMapped(name);
            if (index < 0 && !isMapped)
            {
                // As with the managed service, a place without a value stays.
                Unknown(name);
                literal.Append(placeholder.ValueSpan);
                continue;
            }

            parts.Add(UriPart.Literal(literal.ToString()));
            parts.Add((isMapped ? UriPart.PathParameter(name, index) : UriPart.PathVariable(index)) with { IsQueryValue = placeholder.Index > guardedFrom });
            literal.Clear();
        }

        literal.Append(text, at, text.Length - at);
        if (literal.Length > 0)
        {
            parts.Add(UriPart.Literal(literal.ToString()));
        }

        return new UriPlan([.. parts]);
    }

    // By a mapping, or perhaps by a template.
    private bool IsMapped(string name) =>
        integration.RequestParameters.ContainsKey("integration.request.path." + name)
        || (integration.Type is IntegrationKind.Http or IntegrationKind.Aws && integration.RequestTemplates.Count > 0);

    private void Unknown(string name)
    {
        if (isExact)
        {
            errors.Warn(
                origin, IsHttpApi
                    ? $"The address has '{{{name}}}', but the path has no such variable. It stays as it is."
                    : $"The address has '{{{name}}}', but there is no mapping for 'integration.request.path.{name}'. It stays as it is.");
        }
        else
        {
            errors.Add(origin, $"The address has '{{{name}}}', but the path has no such variable. Known: {Known()}.");
        }
    }

    private UriPlan? Invalid(bool isResolved, string text, string reason)
    {
        if (isResolved)
        {
            errors.Warn(
                origin, $"With the variables of stage '{stage.Name}' the address is '{text}': {reason}. Requests will fail with 500.");
        }
        else
        {
            errors.Add(origin, $"Invalid HTTP endpoint specified for URI: {reason}, but it is '{text}'.");
        }

        return null;
    }

    private string Known() => variables.Length == 0 ? "none" : string.Join(", ", variables.Select(static variable => variable.Name));

    private static int SchemeOf(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
        : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
        : 0;

    [GeneratedRegex(@"\{(?<name>[^{}/?&+]+)\+?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Authority { get; }
}
