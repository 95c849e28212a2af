using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Reads a whole body into memory, up to the limit of the managed service.</summary>
internal static class HeldBody
{
    /// <exception cref="BodyTooLargeException">The body is longer than <see cref="ManagedLimits.PayloadBytes"/>.</exception>
    public static async ValueTask ReadAsync(PipeReader source, PooledBufferWriter target, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            if (target.Length + read.Buffer.Length > ManagedLimits.PayloadBytes)
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

    /// <exception cref="BodyTooLargeException">The body is longer than <see cref="ManagedLimits.PayloadBytes"/>.</exception>
    public static async ValueTask ReadAsync(Stream source, PooledBufferWriter target, CancellationToken cancellationToken)
    {
        const int Piece = 16 * 1024;

        while (true)
        {
            var read = await source.ReadAsync(target.GetMemory(Piece), cancellationToken);
            if (read == 0)
            {
                return;
            }

            if (target.Length + read > ManagedLimits.PayloadBytes)
            {
                throw new BodyTooLargeException();
            }

            target.Advance(read);
        }
    }
}
