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
        var source = response.Content.ReadAsStream(token);
        var target = context.Http.Response.BodyWriter;
        var left = response.Content.Headers.ContentLength ?? long.MaxValue;
        if (left == long.MaxValue)
        {
            // A stream may begin long before its first piece, and the client waits for the headers.
            var first = source.ReadAsync(Memory<byte>.Empty, token);
            if (!first.IsCompleted)
            {
                context.Timeout.Extend(IdleLimit);
                await target.FlushAsync(token);
            }

            await first;
        }

        while (true)
        {
            var reading = source.ReadAsync(target.GetMemory(left > LargePiece && left != long.MaxValue ? LargePiece : 0), token);
            if (!reading.IsCompleted)
            {
                // A short body usually came with the headers, and needs no other limit.
                context.Timeout.Extend(IdleLimit);
            }

            var read = await reading;
            if (read == 0)
            {
                return;
            }

            target.Advance(read);
            left -= read;
            if (left <= 0 && !context.Http.Response.HasStarted)
            {
                // All of a known length in one piece: the server sends it together with the headers when the request ends.
                return;
            }

            context.Timeout.Extend(IdleLimit);
            var flushed = await target.FlushAsync(token);
            if (flushed.IsCompleted || left <= 0)
            {
                return;
            }
        }
    }
}
