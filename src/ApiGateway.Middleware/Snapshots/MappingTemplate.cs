using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A body template of one content type.</summary>
/// <param name="ContentType">The key in the definition: a media type without parameters, or <c>$default</c>.</param>
/// <param name="Template">The template, or <see langword="null"/> if its text is none: whoever needs it is answered 500.</param>
/// <param name="Constant">The result, trimmed, if the text has nothing to work out.</param>
internal sealed record MappingTemplate(string ContentType, Template? Template, string? Constant)
{
    /// <summary>Gets the content type of what a response template makes.</summary>
    public string ResultType => ContentType.StartsWith('$') ? TemplateSet.Json : ContentType;
}
