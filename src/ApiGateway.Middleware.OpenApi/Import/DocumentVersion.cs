namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>The versions of OpenAPI that differ for an import.</summary>
internal enum DocumentVersion
{
    Swagger20,
    OpenApi30,
    OpenApi31,
}
