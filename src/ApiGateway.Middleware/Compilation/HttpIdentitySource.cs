using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads where an authorizer of an HTTP API finds the caller's identity: <c>$request.header.Authorization</c>.</summary>
internal static class HttpIdentitySource
{
    private const string Header = "$request.header.";
    private const string Query = "$request.querystring.";
    private const string Context = "$context.";
    private const string StageVariable = "$stageVariables.";

    /// <summary>Reads a source, or gives <see langword="null"/>. Documents of REST APIs write <c>method.request.header.Authorization</c>,
    /// which is read, too.</summary>
    public static IdentitySource? Parse(string text, StageSnapshot stage)
    {
        var source = Named(text, Header, IdentityPlace.Header)
            ?? Named(text, Query, IdentityPlace.QueryString)
            ?? Named(text, Context, IdentityPlace.Context)
            ?? Named(text, StageVariable, IdentityPlace.Constant)
            ?? OfRestApi(text);
        return source is { Place: IdentityPlace.Constant, Name: var variable }
            ? new IdentitySource(IdentityPlace.Constant, stage.Variables.TryGetValue(variable, out var value) ? value : "")
            : source;
    }

    private static IdentitySource? Named(string text, string prefix, IdentityPlace place) =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) ? new IdentitySource(place, text[prefix.Length..]) : null;

    private static IdentitySource? OfRestApi(string text) =>
        !ParameterExpression.TryParseRequest(text, out var expression) ? null
        : expression.Kind switch
        {
            ParameterKind.Header => new IdentitySource(IdentityPlace.Header, expression.Name),
            ParameterKind.QueryString => new IdentitySource(IdentityPlace.QueryString, expression.Name),
            ParameterKind.Context => new IdentitySource(IdentityPlace.Context, expression.Name),
            ParameterKind.StageVariable => new IdentitySource(IdentityPlace.Constant, expression.Name),
            _ => null,
        };
}
