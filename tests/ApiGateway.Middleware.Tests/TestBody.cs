using System.IO.Pipelines;

namespace ApiGateway.Middleware.Tests;

/// <summary>The body of an answer, always in the same array.</summary>
internal sealed class TestBody : PipeWriter
{
    private readonly byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>Gets what was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public override void Advance(int bytes) => _length += bytes;

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_length);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_length);
}
