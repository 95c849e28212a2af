namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>How a document changes an API that exists; the parameter <c>mode</c> of PutRestApi.</summary>
public enum ImportMode
{
    /// <summary><c>merge</c>: methods of the document replace those of the same path, everything else stays. The default.</summary>
    Merge,

    /// <summary><c>overwrite</c>: what the document does not name is deleted.</summary>
    Overwrite,
}
