using System.IO.Pipelines;
using System.Net;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>The client's body, handed on piece by piece as it arrives.</summary>
/// <param name="source">The client's body.</param>
/// <param name="length">Its length, or <see langword="null"/> if the client sends chunks.</param>
/// <param name="timeout">The integration's limit; each piece starts it anew, because the backend cannot answer before the end.</param>
/// <param name="limit">That limit, until the backend has begun to answer.</param>
internal sealed class StreamedRequestBody(PipeReader source, long? length, RequestTimeout timeout, TimeSpan limit) : HttpContent
{
    private Task _copy = Task.CompletedTask;

    /// <summary>Gets what went wrong while reading from the client, if anything did.</summary>
    public Exception? ClientFailure { get; private set; }

    /// <summary>Gets or sets how long the exchange may be silent after a piece.</summary>
    public TimeSpan Limit { get; set; } = limit;

    /// <summary>Gets whether the client's body is still being read.</summary>
    public bool IsCopying => !_copy.IsCompleted;

    /// <summary>Stops copying, and waits until the client's body is free again.</summary>
    public async ValueTask StopAsync()
    {
        source.CancelPendingRead();
        await _copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _copy = CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = length ?? 0;
        return length is not null;
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!TryRead(out var read))
            {
                // Nothing is held back, not even headers without a body: a client may wait for an answer to what it has sent so far.
                await stream.FlushAsync(cancellationToken);
                read = await ReadAsync(cancellationToken);
            }

            if (read.IsCanceled)
            {
                throw new OperationCanceledException();
            }

            timeout.Extend(Limit);
            try
            {
                foreach (var piece in read.Buffer)
                {
                    await stream.WriteAsync(piece, cancellationToken);
                }
            }
            finally
            {
                // Also after a failure: the server reads the rest, and must not find a read that never ended.
                source.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private bool TryRead(out ReadResult read)
    {
        try
        {
            return source.TryRead(out read);
        }
        catch (Exception exception)
        {
            ClientFailure = exception;
            throw;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ClientFailure = exception;
            throw;
        }
    }
}
