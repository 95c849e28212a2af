using System.IO.Pipelines;

namespace ApiGateway.Middleware.Buffers;

/// <summary>Reads a whole body into memory, up to a limit.</summary>
internal static class HeldBody
{
    /// <exception cref="BodyTooLargeException">The body is longer than <paramref name="limit"/>.</exception>
    public static async ValueTask ReadAsync(PipeReader source, PooledBufferWriter target, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            if (target.Length + read.Buffer.Length > limit)
            {
                source.AdvanceTo(read.Buffer.End);
                throw new BodyTooLargeException();
            }

            foreach (var piece in read.Buffer)
            {
                target.Write(piece.Span);
            }

            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <exception cref="BodyTooLargeException">The body is longer than <paramref name="limit"/>.</exception>
    public static async ValueTask ReadAsync(Stream source, PooledBufferWriter target, int limit, CancellationToken cancellationToken)
    {
        const int Piece = 16 * 1024;

        while (true)
        {
            var read = await source.ReadAsync(target.GetMemory(Piece), cancellationToken);
            if (read == 0)
            {
                return;
            }

            if (target.Length + read > limit)
            {
                throw new BodyTooLargeException();
            }

            target.Advance(read);
        }
    }
}
