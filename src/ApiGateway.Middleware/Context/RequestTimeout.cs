namespace ApiGateway.Middleware.Context;

/// <summary>A cancellation that comes when time is up or the client leaves; reused from request to request.</summary>
internal sealed class RequestTimeout
{
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _link;
    private CancellationToken _aborted;
    private bool _isStopped;

    /// <summary>Gets whether the token was cancelled because time was up, not because the client left.</summary>
    public bool IsTimeUp => !_isStopped && _source is { IsCancellationRequested: true } && !_aborted.IsCancellationRequested;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">Cancelled when the client leaves.</param>
    public CancellationToken Arm(TimeSpan limit, TimeProvider time, CancellationToken aborted)
    {
        var source = _source ??= new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _aborted = aborted;
        _link = aborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        source.CancelAfter(limit);
        return source.Token;
    }

    /// <summary>Cancels what still runs, for a reason other than time.</summary>
    public void Cancel()
    {
        _isStopped = true;
        _source!.Cancel();
    }

    /// <summary>Gives the rest of the work another limit from now on; harmless once time was up.</summary>
    public void Extend(TimeSpan limit) => _source!.CancelAfter(limit);

    public void Reset()
    {
        if (_source is null)
        {
            return;
        }

        // Waits for a callback that is running, so that a late abort cannot cancel the next request.
        _link.Dispose();
        _link = default;
        _aborted = default;
        _isStopped = false;
        if (!_source.TryReset())
        {
            _source.Dispose();
            _source = null;
        }
    }
}
