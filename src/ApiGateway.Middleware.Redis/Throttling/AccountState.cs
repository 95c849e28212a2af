using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What this host knows of an account: its key, what Redis said last, and what Redis has not been told yet.</summary>
internal sealed class AccountState
{
    private const int HeadLength = 17;
    private const int PortionLimit = 1000;

    private readonly Lock _gate = new();
    private readonly byte[] _head = new byte[HeadLength];
    private long _untold;
    private long _left = -1;
    private int _period;
    private long _usedSince;

    public AccountState(UsageAccount account, string prefix, ThrottleStates owner)
    {
        Owner = owner;
        Account = account;
        Key = ThrottleKey.Of(prefix, account);
        BinaryPrimitives.WriteDoubleLittleEndian(_head, account.Quota?.Limit ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(_head.AsSpan(8), account.Quota?.Offset ?? 0);
        _head[16] = account.Quota?.Period switch
        {
            null => 0,
            QuotaPeriod.Day => 1,
            QuotaPeriod.Week => 2,
            _ => 3,
        };
        Quota = _head;
        Portion = account.Quota is { } quota ? (int)Math.Clamp(quota.Limit / PortionLimit, 1, PortionLimit) : PortionLimit;
    }

    public ThrottleStates Owner { get; }

    public UsageAccount Account { get; }

    public RedisKey Key { get; }

    /// <summary>Gets the argument that tells scripts of the quota.</summary>
    public RedisValue Quota { get; }

    /// <summary>Gets how many requests a host takes ahead at most.</summary>
    public int Portion { get; }

    /// <summary>Gets or sets the requests that this host has taken ahead.</summary>
    public Lease? Lease { get; set; }

    /// <summary>Gets the argument of the script that gives portions.</summary>
    public RedisValue Leasing(int least, int wanted, int back, int day)
    {
        var argument = new byte[HeadLength + 16];
        _head.CopyTo(argument, 0);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength), least);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength + 4), wanted);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength + 8), back);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength + 12), day);
        return argument;
    }

    /// <summary>Notes what Redis says the quota has left.</summary>
    public void Told(double left, DateTimeOffset now)
    {
        if (Account.Quota is { } quota && left >= 0)
        {
            // Without the lock: only what happens without Redis reads it, and that may be a request off.
            Volatile.Write(ref _left, (long)left);
            Volatile.Write(ref _period, PeriodOf(quota.Period, now));
            Volatile.Write(ref _usedSince, 0);
        }
    }

    /// <summary>Counts a request against this host's part of what was left when Redis was last heard of.</summary>
    public bool TryCountAlone(int hosts, DateTimeOffset now)
    {
        if (Account.Quota is not { } quota)
        {
            return true;
        }

        lock (_gate)
        {
            if (_period != PeriodOf(quota.Period, now) || _left < 0)
            {
                (_left, _usedSince, _period) = (quota.Limit, 0, PeriodOf(quota.Period, now));
            }

            if (_usedSince >= _left / hosts)
            {
                return false;
            }

            _usedSince++;
            return true;
        }
    }

    /// <summary>Notes requests that Redis is to be told of, or not to count; true if there were none before.</summary>
    public bool AddUntold(int requests) => Interlocked.Add(ref _untold, requests) == requests;

    public int TakeUntold() => (int)Interlocked.Exchange(ref _untold, 0);

    // Any number that changes when a period begins.
    private static int PeriodOf(QuotaPeriod period, DateTimeOffset now)
    {
        const int DaysOfWeek = 7;
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return period switch
        {
            QuotaPeriod.Day => day.DayNumber,
            QuotaPeriod.Week => (day.DayNumber + 1) / DaysOfWeek,
            _ => (day.Year * 12) + day.Month,
        };
    }
}
