using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Buffers.Counting;

/// <summary>Counts the bytes of a response's body, whichever way they are written.</summary>
/// <param name="inner">The response.</param>
internal sealed class CountedResponse(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private CountedStream? _stream;
    private CountedWriter? _writer;
    private long _length;

    /// <summary>Gets what is counted.</summary>
    public IHttpResponseBodyFeature Inner => inner;

    /// <summary>Gets the number of bytes so far.</summary>
    public long Length => _length;

    public Stream Stream => _stream ??= new CountedStream(inner.Stream, this);

    public PipeWriter Writer => _writer ??= new CountedWriter(inner.Writer, this);

    public void Add(long count) => _length += count;

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        // Before it is sent: afterwards the file may be gone, which must not fail an answer that is complete.
        var length = count ?? new FileInfo(path).Length - offset;
        await inner.SendFileAsync(path, offset, count, cancellationToken);
        Add(length);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();
}
