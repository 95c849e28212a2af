using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The source of a mapped parameter, such as <c>method.request.header.Accept</c> or <c>'text'</c>.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Name">The name there, the path within the context, the JSONPath text, or the static text itself.</param>
/// <param name="Path">The compiled path, for <see cref="ParameterKind.BodyJsonPath"/> only.</param>
internal sealed record ParameterExpression(ParameterKind Kind, string Name, JsonPath? Path = null)
{
    /// <summary>What the parameters of a REST API's request begin with.</summary>
    public const string MethodRequest = "method.request.";

    /// <summary>What the parameters of a WebSocket API's request begin with.</summary>
    public const string RouteRequest = "route.request.";

    private const string ResponsePrefix = "integration.response.";

    /// <summary>Parses the source of an integration request's parameter.</summary>
    public static bool TryParseRequest(string text, [NotNullWhen(true)] out ParameterExpression? expression) =>
        TryParseRequest(text, MethodRequest, out expression);

    /// <summary>Parses the source of an integration request's parameter.</summary>
    public static bool TryParseRequest(string text, string prefix, [NotNullWhen(true)] out ParameterExpression? expression)
    {
        expression = text.StartsWith(prefix, StringComparison.Ordinal)
            ? ParseRequestMember(text[prefix.Length..])
            : ParseCommon(text);
        return expression is not null;
    }

    /// <summary>Parses the source of a method response's header.</summary>
    public static bool TryParseResponse(string text, [NotNullWhen(true)] out ParameterExpression? expression)
    {
        expression = text.StartsWith(ResponsePrefix, StringComparison.Ordinal)
            ? ParseResponseMember(text[ResponsePrefix.Length..])
            : ParseCommon(text);
        return expression is not null;
    }

    private static ParameterExpression? ParseRequestMember(string text) =>
        Named(text, "path.", ParameterKind.PathParameter)
        ?? Named(text, "querystring.", ParameterKind.QueryString)
        ?? Named(text, "multivaluequerystring.", ParameterKind.MultiValueQueryString)
        ?? Named(text, "header.", ParameterKind.Header)
        ?? Named(text, "multivalueheader.", ParameterKind.MultiValueHeader)
        ?? ParseBody(text);

    private static ParameterExpression? ParseResponseMember(string text) =>
        Named(text, "header.", ParameterKind.Header)
        ?? Named(text, "multivalueheader.", ParameterKind.MultiValueHeader)
        ?? ParseBody(text);

    private static ParameterExpression? ParseCommon(string text)
    {
        if (text.Length >= 2 && text[0] == '\'' && text[^1] == '\'')
        {
            return new(ParameterKind.Static, text[1..^1]);
        }

        return Named(text, "stageVariables.", ParameterKind.StageVariable) ?? Named(text, "context.", ParameterKind.Context);
    }

    private static ParameterExpression? Named(string text, string prefix, ParameterKind kind) =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) ? new(kind, text[prefix.Length..]) : null;

    private static ParameterExpression? ParseBody(string text)
    {
        if (text == "body")
        {
            return new(ParameterKind.Body, string.Empty);
        }

        // "body.a.b" and "body[0].a": the path without its root.
        if (!text.StartsWith("body.", StringComparison.Ordinal) && !text.StartsWith("body[", StringComparison.Ordinal))
        {
            return null;
        }

        var path = string.Concat("$", text.AsSpan("body".Length));
        return JsonPath.TryParse(path, out var compiled) ? new(ParameterKind.BodyJsonPath, path, compiled) : null;
    }
}
