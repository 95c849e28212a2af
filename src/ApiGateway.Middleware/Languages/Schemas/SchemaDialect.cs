namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>The edition of JSON Schema that a document is written in.</summary>
internal enum SchemaDialect
{
    /// <summary>Draft 4: models of REST APIs, OpenAPI 2.0 and 3.0.</summary>
    Draft4,

    /// <summary>Draft 2020-12: OpenAPI 3.1.</summary>
    Draft202012,
}
