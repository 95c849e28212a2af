using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Parses values of parameter mappings of HTTP APIs.</summary>
/// <param name="isResponse">Whether <c>response</c> can be read instead of <c>request</c>.</param>
internal sealed class MappingExpressionParser(bool isResponse)
{
    private const string Open = "${";

    private static readonly string[] Roots = ["request", "response", "context", "stageVariables"];

    private static readonly SearchValues<char> ContextCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._");

    private static readonly SearchValues<char> VariableCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private static readonly SearchValues<char> OutsideNames = SearchValues.Create(" \t\r\n${}");

    public bool TryParse(string text, [NotNullWhen(true)] out MappingExpression? expression, [NotNullWhen(false)] out string? error)
    {
        expression = null;
        error = null;
        if (text.Contains(Open, StringComparison.Ordinal))
        {
            expression = ParseTemplate(text, out error);
        }
        else if (text.StartsWith('$') && HasRoot(text.AsSpan(1)))
        {
            // The bare form is a value as a whole, never a part of one.
            expression = ParseSource(text[1..], out error) is { } source ? new MappingExpression([source], IsTemplate: false) : null;
        }
        else
        {
            expression = new MappingExpression([new ParameterExpression(ParameterKind.Static, text)], IsTemplate: false);
        }

        return expression is not null;
    }

    private MappingExpression? ParseTemplate(string text, out string? error)
    {
        var parts = new List<ParameterExpression>();
        var at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is var start and >= 0)
        {
            if (start > at)
            {
                parts.Add(new ParameterExpression(ParameterKind.Static, text[at..start]));
            }

            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                error = "a '${' has no '}'";
                return null;
            }

            if (ParseSource(text[(start + Open.Length)..end], out error) is not { } source)
            {
                return null;
            }

            parts.Add(source);
            at = end + 1;
        }

        if (at < text.Length)
        {
            parts.Add(new ParameterExpression(ParameterKind.Static, text[at..]));
        }

        error = null;
        return new MappingExpression([.. parts], IsTemplate: true);
    }

    private ParameterExpression? ParseSource(string text, out string? error)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? "" : text[(dot + 1)..];
        error = null;
        var source = (dot < 0 ? text : text[..dot]) switch
        {
            "request" when !isResponse => ParseMessage(name, out error),
            "response" when isResponse => ParseMessage(name, out error),
            "context" when IsMadeOf(name, ContextCharacters) => new ParameterExpression(ParameterKind.Context, name),
            "stageVariables" when IsMadeOf(name, VariableCharacters) => new ParameterExpression(ParameterKind.StageVariable, name),
            _ => null,
        };
        if (source is null)
        {
            error ??= $"'{text}' is none of {(isResponse ? "response.header.name, response.body, response.body.path" : "request.header.name, request.querystring.name, request.path, request.path.name, request.body, request.body.path")}, context.name and stageVariables.name";
        }

        return source;
    }

    private ParameterExpression? ParseMessage(string text, out string? error)
    {
        error = null;
        if (text.StartsWith("header.", StringComparison.Ordinal) && IsMadeOf(text["header.".Length..], TokenCharacters))
        {
            return new(ParameterKind.MultiValueHeader, text["header.".Length..]);
        }

        if (text == "body")
        {
            return new(ParameterKind.Body, "");
        }

        if (text.StartsWith("body.", StringComparison.Ordinal) || text.StartsWith("body[", StringComparison.Ordinal))
        {
            return ParseBody(text, out error);
        }

        return isResponse ? null
            : text == "path" ? new(ParameterKind.Path, "")
            : Named(text, "path.", ParameterKind.PathParameter) ?? Named(text, "querystring.", ParameterKind.MultiValueQueryString);
    }

    private static ParameterExpression? ParseBody(string text, out string? error)
    {
        error = null;
        var path = string.Concat("$", text.AsSpan("body".Length));
        if (!JsonPath.TryParse(path, out var compiled))
        {
            error = $"'{path}' is no JSONPath";
            return null;
        }

        if (compiled.Searches)
        {
            error = $"'{path}' has '..' or a filter, and mappings of HTTP APIs have neither";
            return null;
        }

        return new(ParameterKind.BodyJsonPath, path, compiled);
    }

    private static ParameterExpression? Named(string text, string prefix, ParameterKind kind)
    {
        var name = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";
        return name.Length > 0 && !name.AsSpan().ContainsAny(OutsideNames) ? new(kind, name) : null;
    }

    private static bool HasRoot(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('.');
        foreach (var root in Roots)
        {
            if ((end < 0 ? text : text[..end]).SequenceEqual(root))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMadeOf(string name, SearchValues<char> characters) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(characters);
}
