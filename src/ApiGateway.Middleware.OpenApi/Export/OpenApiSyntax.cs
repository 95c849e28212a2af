namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>How an export is written.</summary>
public enum OpenApiSyntax
{
    /// <summary><c>application/json</c>. The default.</summary>
    Json,

    /// <summary><c>application/yaml</c>.</summary>
    Yaml,
}
