using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Buffers.Coding;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Undoes the coding of a backend's body where the header that names it does not reach the client.</summary>
/// <remarks>The client's <c>Accept-Encoding</c> passes, so a backend may code its body; without the header nobody could read it.</remarks>
internal static class BackendCoding
{
    /// <summary>Decodes.</summary>
    /// <param name="plan">The backend.</param>
    /// <param name="response">Its answer.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="decoded">Receives the body.</param>
    /// <returns><see langword="false"/> if the body passes as it came: it is not coded, or not what its coding says.</returns>
    /// <exception cref="BodyTooLargeException">The body is too long for the managed service.</exception>
    public static bool TryUndo(HttpIntegrationPlan plan, HttpResponseMessage response, PooledBufferWriter body, PooledBufferWriter decoded)
    {
        if (!plan.IsProxy || !plan.Headers.IsAws || body.Length == 0
            || !response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var names)
            || !ContentCodings.TryRead(names.ToString(), allowsBrotli: true, out var coding) || coding == ContentCoding.Identity)
        {
            return false;
        }

        return BodyDecoder.Decode(coding, body.WrittenMemory, decoded, ManagedLimits.PayloadBytes) switch
        {
            DecodingResult.Done => true,
            DecodingResult.TooLarge => throw new BodyTooLargeException(),
            _ => false,
        };
    }
}
