using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Hands the backend's body to the client, piece by piece, straight into the server's buffers.</summary>
internal static class ResponseBodyCopy
{
    // A body that fits is read into one of the server's own blocks; a long one in fewer, larger pieces.
    private const int LargePiece = 64 * 1024;

    /// <summary>How long a backend may be silent in the middle of its body: "Stream the integration response", regional endpoints.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(GatewayContext context, HttpResponseMessage response, CancellationToken token)
    {
        var source = await response.Content.ReadAsStreamAsync(token);
        var target = context.Http.Response.BodyWriter;
        var left = response.Content.Headers.ContentLength ?? long.MaxValue;
        context.Timeout.Extend(IdleLimit);
        if (left == long.MaxValue)
        {
            // A stream may begin long before its first piece, and the client waits for the headers.
            var first = source.ReadAsync(Memory<byte>.Empty, token);
            if (!first.IsCompleted)
            {
                await target.FlushAsync(token);
            }

            await first;
        }

        while (true)
        {
            var read = await source.ReadAsync(target.GetMemory(left > LargePiece && left != long.MaxValue ? LargePiece : 0), token);
            if (read == 0)
            {
                return;
            }

            target.Advance(read);
            left -= read;
            if (left <= 0 && !context.Http.Response.HasStarted)
            {
                // All of a known length: the server sends it together with the headers. Once those are out, it would keep it.
                return;
            }

            context.Timeout.Extend(IdleLimit);
            var flushed = await target.FlushAsync(token);
            if (left <= 0 || flushed.IsCompleted)
            {
                return;
            }
        }
    }
}
