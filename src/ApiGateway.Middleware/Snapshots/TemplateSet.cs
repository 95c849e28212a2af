namespace ApiGateway.Middleware.Snapshots;

/// <summary>The templates of a request or response by content type, in the order of the definition.</summary>
internal sealed class TemplateSet(MappingTemplate[] templates)
{
    public const string Json = "application/json";
    private const string Default = "$default";

    public static readonly TemplateSet Empty = new([]);

    public MappingTemplate[] Templates { get; } = templates;

    public bool IsEmpty => Templates.Length == 0;

    /// <summary>Finds the template of a request: that of its content type, else <c>$default</c>.</summary>
    /// <param name="contentType">The header; without one, JSON is meant.</param>
    public MappingTemplate? ForRequest(string? contentType) =>
        IsEmpty ? null : Find(contentType is null ? Json : MediaTypeOf(contentType)) ?? Find(Default);

    /// <summary>Finds the template of a response: that of the type which the client prefers, else JSON, else the first.</summary>
    /// <param name="accept">The last line of the header, or <see langword="null"/>.</param>
    public MappingTemplate? ForResponse(string? accept) =>
        IsEmpty ? null : Find(MediaTypeOf(accept)) ?? Find(Json) ?? Templates[0];

    /// <summary>Finds a template by its key, else <c>$default</c>.</summary>
    /// <param name="key">The key; case counts.</param>
    public MappingTemplate? ForKey(ReadOnlySpan<char> key)
    {
        foreach (var template in Templates)
        {
            if (key.SequenceEqual(template.ContentType))
            {
                return template;
            }
        }

        return IsEmpty ? null : Find(Default);
    }

    /// <summary>Cuts a header down to its first media type, without parameters.</summary>
    public static ReadOnlySpan<char> MediaTypeOf(string? header)
    {
        var text = header.AsSpan();
        var end = text.IndexOfAny(';', ',');
        return (end < 0 ? text : text[..end]).Trim();
    }

    private MappingTemplate? Find(ReadOnlySpan<char> type)
    {
        foreach (var template in Templates)
        {
            if (type.Equals(template.ContentType, StringComparison.OrdinalIgnoreCase))
            {
                return template;
            }
        }

        return null;
    }
}
