using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>
/// What the templates of one request set in <c>$context.requestOverride</c> and <c>$context.responseOverride</c>. The response
/// template sees what the request template set.
/// </summary>
internal sealed class ContextOverrides
{
    public ContextOverrides()
    {
        Request.Put("path", Value.Of(new ValueMap { IsSilent = true }));
        Request.Put("header", Value.Of(new ValueMap { IsSilent = true }));
        Request.Put("querystring", Value.Of(new ValueMap { IsSilent = true }));
        Response.Put("header", Value.Of(new ValueMap { IsSilent = true }));
    }

    /// <summary>Gets the map with <c>path</c>, <c>header</c> and <c>querystring</c>.</summary>
    public ValueMap Request { get; } = new() { IsSilent = true };

    /// <summary>Gets the map with <c>header</c> and, once it is set, <c>status</c>.</summary>
    public ValueMap Response { get; } = new() { IsSilent = true };
}
