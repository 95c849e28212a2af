namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>An exported document.</summary>
/// <param name="Text">The document.</param>
/// <param name="FileName">A name for a file, such as <c>oas30_1.0.json</c>.</param>
public sealed record OpenApiExport(string Text, string FileName)
{
    /// <summary>Gets the content type of a download.</summary>
    public static string ContentType => "application/octet-stream";

    /// <summary>Gets the header <c>Content-Disposition</c> of a download.</summary>
    public string ContentDisposition => $"attachment; filename=\"{FileName}\"";
}
