namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>How an API becomes a document.</summary>
public sealed class OpenApiExportOptions
{
    /// <summary>Gets or sets the version of OpenAPI.</summary>
    public OpenApiFormat Format { get; set; }

    /// <summary>Gets or sets how the document is written.</summary>
    public OpenApiSyntax Syntax { get; set; }

    /// <summary>Gets or sets what the document holds beside plain OpenAPI. The default is everything.</summary>
    public OpenApiExportParts Parts { get; set; } = OpenApiExportParts.All;

    /// <summary>Gets or sets the host of the address. The default is <c>{id}.execute-api.{region}.amazonaws.com</c>.</summary>
    public string? Host { get; set; }

    /// <summary>Gets or sets the region in the default host. The default is <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";
}
