namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>What becomes of a document's base path: <c>basePath</c> of OpenAPI 2.0, the path of the first server of OpenAPI 3.</summary>
/// <remarks>The parameter <c>basepath</c> of ImportRestApi.</remarks>
public enum BasePathMode
{
    /// <summary><c>ignore</c>: it is left out. The default.</summary>
    Ignore,

    /// <summary><c>prepend</c>: it stands before every path; <c>/a/b</c> and <c>/e</c> give <c>/a/b/e</c>.</summary>
    Prepend,

    /// <summary><c>split</c>: it stands before every path without its first segment; <c>/a/b</c> and <c>/e</c> give <c>/b/e</c>.</summary>
    Split,
}
