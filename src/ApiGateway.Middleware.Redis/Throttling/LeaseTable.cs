using System.Collections.Concurrent;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>The leases of this host. Those of callers that have gone end; there are never more than a bound.</summary>
internal sealed class LeaseTable
{
    // Beyond, callers are asked for one by one.
    private const int MostLeases = 100_000;

    private readonly ConcurrentDictionary<(LimitState Limit, UInt128 Key), Lease> _keyed = new();
    private readonly ConcurrentDictionary<LimitState, Lease> _shared = new();
    private readonly ConcurrentDictionary<AccountState, Lease> _accounts = new();
    private int _count;

    public Lease? Find(LimitState limit, UInt128 key) => key == UInt128.Zero ? limit.Shared : _keyed.GetValueOrDefault((limit, key));

    public Lease Of(LimitState limit, UInt128 key)
    {
        if (key == UInt128.Zero)
        {
            return limit.Shared ??= _shared.GetOrAdd(limit, static limit => new Lease(limit.Portion));
        }

        if (_keyed.TryGetValue((limit, key), out var lease))
        {
            return lease;
        }

        if (Volatile.Read(ref _count) >= MostLeases)
        {
            return new Lease(0);
        }

        lease = new Lease(limit.Portion);
        if (!_keyed.TryAdd((limit, key), lease))
        {
            return Of(limit, key);
        }

        Interlocked.Increment(ref _count);
        return lease;
    }

    public Lease Of(AccountState account) => account.Lease ??= _accounts.GetOrAdd(account, static account => new Lease(account.Portion));

    /// <summary>Gets what there is of an account, by whichever definition.</summary>
    public IEnumerable<(AccountState Account, Lease Lease)> OfKey(RedisKey key)
    {
        foreach (var (account, lease) in _accounts)
        {
            if (account.Key == key)
            {
                yield return (account, lease);
            }
        }
    }

    /// <summary>Takes back what nobody has wanted since the last time, or everything.</summary>
    /// <param name="isAll">Whether everything.</param>
    /// <param name="buckets">Told what there is of buckets.</param>
    /// <param name="accounts">Told what there is of accounts.</param>
    public void TakeIdle(bool isAll, Action<LimitState, UInt128, int> buckets, Action<AccountState, Lease, int> accounts)
    {
        foreach (var item in _keyed)
        {
            if (Take(item.Value, isAll, tokens => buckets(item.Key.Limit, item.Key.Key, tokens)) && _keyed.TryRemove(item))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        foreach (var item in _shared)
        {
            if (Take(item.Value, isAll, tokens => buckets(item.Key, default, tokens)) && _shared.TryRemove(item))
            {
                // Of an old definition, or to be made again.
                item.Key.Shared = null;
            }
        }

        foreach (var item in _accounts)
        {
            if (Take(item.Value, isAll, tokens => accounts(item.Key, item.Value, tokens)) && _accounts.TryRemove(item))
            {
                item.Key.Lease = null;
            }
        }
    }

    private static bool Take(Lease lease, bool isAll, Action<int> give)
    {
        var isIdle = isAll;
        var tokens = isAll ? lease.TakeAll() : lease.TakeIdle(out isIdle);
        if (tokens > 0)
        {
            give(tokens);
        }

        return isIdle && tokens == 0;
    }
}
