namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>All calls of the process, of which one timer ends those that are past their deadlines.</summary>
/// <remarks>
/// A timer for each call would cost more than the call. A deadline is kept to within <see cref="Interval"/>; the clock is the machine's, since
/// waits for another machine are.
/// </remarks>
internal static class BoundedCalls
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly Lock Gate = new();
    private static readonly List<BoundedCall> All = [];
    private static readonly ITimer Timer = TimeProvider.System.CreateTimer(
        static _ => Sweep(), null, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);

    private static bool _isWatching;

    public static long DeadlineAfter(TimeSpan timeout) => Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);

    public static void Add(BoundedCall call)
    {
        lock (Gate)
        {
            All.Add(call);
        }
    }

    /// <summary>Sees to it that the timer runs. To be called after a call has begun.</summary>
    public static void Watch()
    {
        if (!Volatile.Read(ref _isWatching))
        {
            lock (Gate)
            {
                if (!_isWatching)
                {
                    Volatile.Write(ref _isWatching, true);
                    Timer.Change(Interval, System.Threading.Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private static void Sweep()
    {
        lock (Gate)
        {
            var now = Environment.TickCount64;
            var waiting = 0;
            for (var i = All.Count - 1; i >= 0; i--)
            {
                if (All[i].Sweep(now))
                {
                    waiting++;
                }
                else if (All[i].IsRetired)
                {
                    All[i] = All[^1];
                    All.RemoveAt(All.Count - 1);
                }
            }

            if (waiting == 0)
            {
                // Before another look: a call that begins now sees that nobody watches, or is seen.
                Volatile.Write(ref _isWatching, false);
                Interlocked.MemoryBarrier();
                if (!All.Exists(static call => call.IsWaiting))
                {
                    return;
                }

                Volatile.Write(ref _isWatching, true);
            }

            Timer.Change(Interval, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }
}
