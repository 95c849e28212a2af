using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An answer of the gateway that every refusal of a case gets.</summary>
/// <param name="statusCode">The status.</param>
/// <param name="message">The message; it has nothing to escape.</param>
/// <param name="hasContentType">Whether the header <c>content-type</c> stands on it.</param>
internal sealed class ErrorAnswer(int statusCode, string message, bool hasContentType)
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes($"{{\"message\":\"{message}\"}}");

    private readonly byte[] _problemStart = Encoding.UTF8.GetBytes(
        $"{{\"type\":\"about:blank\",\"title\":\"{ReasonPhrases.GetReasonPhrase(statusCode)}\",\"status\":{statusCode},\"detail\":\"{message}\",\"requestId\":\"");

    public int StatusCode { get; } = statusCode;

    public string Message { get; } = message;

    public string? ContentType { get; } = hasContentType ? "application/json" : null;

    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Gets the body as problem details (RFC 9457), up to the place of the request's id.</summary>
    public ReadOnlySpan<byte> ProblemStart => _problemStart;
}
