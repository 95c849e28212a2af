namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>The versions of OpenAPI that an export can have; <c>exportType</c> of GetExport.</summary>
public enum OpenApiFormat
{
    /// <summary><c>oas30</c>: OpenAPI 3.0.1. The default.</summary>
    OpenApi30,

    /// <summary><c>swagger</c>: OpenAPI 2.0.</summary>
    Swagger20,
}
