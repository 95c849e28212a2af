namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What a host has taken ahead from one bucket or account, to be spent without asking.</summary>
/// <remarks>
/// Never holds more than <paramref name="portion"/>: so all hosts together hold no more than that many times their number. How much is
/// taken adapts: twice as much if the last portion was soon gone, half as much if some was left.
/// </remarks>
internal sealed class Lease(int portion)
{
    // A portion that is gone within that time was too small.
    private const long SoonMs = 100;

    private int _tokens;
    private int _owed;
    private int _size = Math.Min(1, portion);
    private int _isAsking;
    private bool _isUsed;
    private long _askedAt;
    private long _closedUntil;
    private int _closedFrom;
    private double _behind;

    /// <summary>Gets the day that an account's requests were taken on.</summary>
    public int Day { get; private set; }

    /// <summary>Gets about how many tokens there are, here and in Redis as of the last answer.</summary>
    public double Remaining => Volatile.Read(ref _tokens) + Volatile.Read(ref _behind);

    public bool TryTake(int cost)
    {
        if (!Volatile.Read(ref _isUsed))
        {
            Volatile.Write(ref _isUsed, true);
        }

        // A bucket that has given a token is not in debt.
        var least = Math.Max(1, cost);
        var tokens = Volatile.Read(ref _tokens);
        while (tokens >= least)
        {
            var seen = Interlocked.CompareExchange(ref _tokens, tokens - cost, tokens);
            if (seen == tokens)
            {
                return true;
            }

            tokens = seen;
        }

        return false;
    }

    /// <summary>Keeps tokens for others, up to a portion. What is too much is owed to Redis, and nobody spends it.</summary>
    public void Add(int tokens)
    {
        var held = Volatile.Read(ref _tokens);
        while (true)
        {
            var sum = (int)Math.Min(portion, (long)held + tokens);
            var seen = sum <= held ? held : Interlocked.CompareExchange(ref _tokens, sum, held);
            if (seen == held)
            {
                if ((long)held + tokens - sum is > 0 and var rest)
                {
                    Interlocked.Add(ref _owed, (int)rest);
                }

                return;
            }

            held = seen;
        }
    }

    /// <summary>Takes what is to go back to Redis: all of it.</summary>
    public int TakeAll() => Interlocked.Exchange(ref _tokens, 0) + Interlocked.Exchange(ref _owed, 0);

    /// <summary>Notes what was to go back and did not get there.</summary>
    public void Owe(int tokens) => Interlocked.Add(ref _owed, tokens);

    /// <summary>Says how much to ask for beyond what the request itself needs. Only one request at a time asks for more than that.</summary>
    /// <param name="nowMs">The time, in milliseconds.</param>
    public int BeginAsking(long nowMs)
    {
        if (portion == 0 || Interlocked.CompareExchange(ref _isAsking, 1, 0) != 0)
        {
            return 0;
        }

        if (nowMs - _askedAt < SoonMs)
        {
            _size = (int)Math.Min(portion, 2L * _size);
        }

        _askedAt = nowMs;
        return _size;
    }

    /// <summary>Notes the answer.</summary>
    /// <param name="hasAsked">Whether <see cref="BeginAsking"/> gave more than 0.</param>
    /// <param name="behind">The tokens that Redis has left.</param>
    /// <param name="day">The day, for an account.</param>
    public void EndAsking(bool hasAsked, double behind, int day)
    {
        Volatile.Write(ref _behind, behind);
        Day = day;
        if (hasAsked)
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    /// <summary>Ends asking that brought no answer.</summary>
    public void EndAsking(bool hasAsked)
    {
        if (hasAsked)
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    /// <summary>Refuses without asking until then who wants as much or more: Redis has said that it will not have it before.</summary>
    public void Close(int cost, long untilMs)
    {
        Volatile.Write(ref _closedFrom, cost);
        Volatile.Write(ref _closedUntil, untilMs);
    }

    public bool IsClosed(int cost, long nowMs) => nowMs < Volatile.Read(ref _closedUntil) && cost >= Volatile.Read(ref _closedFrom);

    /// <summary>Takes what has lain about since the last time.</summary>
    /// <param name="isIdle">Whether nobody wanted anything.</param>
    public int TakeIdle(out bool isIdle)
    {
        isIdle = !Volatile.Read(ref _isUsed);
        Volatile.Write(ref _isUsed, false);
        if (!isIdle)
        {
            return 0;
        }

        var tokens = TakeAll();
        if (tokens > 0)
        {
            _size = Math.Max(1, _size / 2);
        }

        return tokens;
    }
}
