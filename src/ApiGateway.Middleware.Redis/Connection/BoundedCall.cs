namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>A call that somebody waits for until a deadline. Kept and used again: its state tells for which call it stands.</summary>
internal abstract class BoundedCall
{
    private const long Idle = 0;
    private const long Settled = -1;
    private const long Retired = -2;

    // Idle, settled, retired, or the deadline in milliseconds: so nobody can end another call than the one whose deadline he has seen.
    private long _state;

    /// <summary>Gets whether the object is never taken again.</summary>
    public bool IsRetired => Volatile.Read(ref _state) == Retired;

    public bool IsWaiting => Volatile.Read(ref _state) > Idle;

    /// <summary>Takes an idle object for a call.</summary>
    public bool TryBegin(long deadline) => Interlocked.CompareExchange(ref _state, deadline, Idle) == Idle;

    /// <summary>Makes an idle object one that is never taken again.</summary>
    public bool TryRetire() => Interlocked.CompareExchange(ref _state, Retired, Idle) == Idle;

    /// <summary>Tells the caller that there is no answer, if it is waiting and <paramref name="now"/> is past its deadline.</summary>
    /// <returns>Whether the call is still waiting.</returns>
    public bool Sweep(long now)
    {
        var seen = Volatile.Read(ref _state);
        if (seen <= Idle)
        {
            return false;
        }

        if (now < seen)
        {
            return true;
        }

        if (Interlocked.CompareExchange(ref _state, Settled, seen) == seen)
        {
            // Not here: what follows an answer is the rest of a request.
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.EndWithoutAnswer(), this, preferLocal: false);
        }

        return false;
    }

    /// <summary>Claims the right to give the answer.</summary>
    protected bool TrySettle()
    {
        var seen = Volatile.Read(ref _state);
        return seen > Idle && Interlocked.CompareExchange(ref _state, Settled, seen) == seen;
    }

    protected void Free() => Volatile.Write(ref _state, Idle);

    protected abstract void EndWithoutAnswer();
}
