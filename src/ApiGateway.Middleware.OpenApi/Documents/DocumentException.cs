namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>A document cannot be read at all.</summary>
internal sealed class DocumentException(string message, int? line = null) : Exception(message)
{
    public int? Line { get; } = line;
}
