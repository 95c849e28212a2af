namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>Where a schema stands.</summary>
/// <param name="Base">The address against which its references are resolved, without a fragment.</param>
/// <param name="Pointer">JSON pointer in its document, after the document's address if that is not the main one.</param>
internal sealed record SchemaPlace(Uri Base, string Pointer)
{
    public SchemaPlace Child(string name)
    {
        var token = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return this with { Pointer = $"{Pointer}/{token}" };
    }
}
