using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>Takes small portions of tokens ahead, and spends them without asking.</summary>
/// <remarks>
/// What Redis has given is gone from its buckets, so all hosts together let in no more than the bucket's limit and what they hold: at
/// most a portion each. A refusal is remembered until the bucket has regained a token. What nobody spends is given back after a second or two.
/// </remarks>
internal sealed class LeasedThrottleStore(
    ScriptRunner runner, ThrottleScripts scripts, ThrottleStates states, ThrottleFallback fallback, TimeProvider time)
    : RedisThrottleStore(runner, scripts, states, fallback)
{
    private const int MostKeysAtOnce = 100;

    private readonly LeaseTable _leases = new();

    public override ValueTask<ThrottleResult> TryEnterAsync(ThrottleRequest request)
    {
        var levels = request.Levels;
        for (var i = 0; i < levels.Length; i++)
        {
            ref var level = ref levels[i];
            if (_leases.Find(States.Of(level.Limit), level.Key) is not { } lease || !lease.TryTake(level.Cost))
            {
                GiveBack(levels[..i]);
                return AskAsync(request);
            }

            level.IsExceeded = false;
            level.Remaining = lease.Remaining;
        }

        if (request.Account is { } account && (States.Of(account).Lease is not { } requests || !requests.TryTake(1)))
        {
            GiveBack(levels);
            return AskAsync(request);
        }

        return new(ThrottleResult.Allowed);
    }

    public override ValueTask ChargeAsync(ThrottleRequest request)
    {
        var levels = request.Levels;
        for (var i = 0; i < levels.Length; i++)
        {
            ref var level = ref levels[i];
            if (level.Cost <= 0 || _leases.Find(States.Of(level.Limit), level.Key) is not { } lease || !lease.TryTake(level.Cost))
            {
                GiveBack(levels[..i]);
                return ChargeCoreAsync(request);
            }

            level.IsExceeded = false;
            level.Remaining = lease.Remaining;
        }

        return default;
    }

    public override async ValueTask<IReadOnlyList<UsageDay>> ReadUsageAsync(
        UsageAccount account, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await ReturnAsync(States.Of(account));
        return await base.ReadUsageAsync(account, from, to, now, cancellationToken);
    }

    public override async ValueTask SetRemainingAsync(
        UsageAccount account, long remaining, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var state = States.Of(account);
        await ReturnAsync(state);
        await base.SetRemainingAsync(account, remaining, now, cancellationToken);
        state.Lease?.Close(0, 0);
    }

    /// <summary>Gives back what lies about.</summary>
    /// <param name="isAll">Whether everything, because the host stops.</param>
    public async ValueTask ReturnIdleAsync(bool isAll)
    {
        var (keys, values) = (new List<RedisKey>(), new List<RedisValue>());
        var accounts = new List<(AccountState? Account, int Requests)>();
        _leases.TakeIdle(
            isAll,
            (limit, key, tokens) =>
            {
                keys.Add(limit.KeyOf(key));
                values.Add(limit.Leasing(0, 0, tokens));
                accounts.Add((null, 0));
            },
            (account, lease, requests) =>
            {
                keys.Add(account.Key);
                values.Add(account.Leasing(0, 0, requests, lease.Day));
                accounts.Add((account, requests));
            });
        var step = Runner.IsCluster ? 1 : MostKeysAtOnce;
        for (var i = 0; i < keys.Count; i += step)
        {
            var count = Math.Min(step, keys.Count - i);
            var call = new ScriptCall(Scripts.Lease, [.. keys.GetRange(i, count)], [.. values.GetRange(i, count)]);
            if ((await Runner.RunAsync(call)).IsAnswered)
            {
                continue;
            }

            // Tokens that are lost let nobody in; usage is corrected later.
            foreach (var (account, requests) in accounts.GetRange(i, count))
            {
                if (account is not null)
                {
                    _ = Fallback.TellAgainAsync(call, account.Account, -requests);
                }
            }
        }
    }

    private async ValueTask ReturnAsync(AccountState state)
    {
        foreach (var (account, lease) in _leases.OfKey(state.Key))
        {
            if (lease.TakeAll() is not (> 0 and var requests))
            {
                continue;
            }

            var call = new ScriptCall(Scripts.Lease, [account.Key], [account.Leasing(0, 0, requests, lease.Day)]);
            if (!(await Runner.RunAsync(call)).IsAnswered)
            {
                _ = Fallback.TellAgainAsync(call, account.Account, -requests);
            }
        }
    }

    private void GiveBack(Span<ThrottleLevel> levels)
    {
        foreach (ref var level in levels)
        {
            _leases.Find(States.Of(level.Limit), level.Key)?.Add(level.Cost);
        }
    }

    private ValueTask<ThrottleResult> AskAsync(ThrottleRequest request)
    {
        var asking = new LeaseAsking(request, States, _leases, (long)time.GetElapsedTime(0).TotalMilliseconds);
        if (asking.Prepare() is { } decided)
        {
            return new(decided);
        }

        return asking.IsEmpty ? new(asking.Decide()) : AskCoreAsync(request, asking);
    }

    private async ValueTask<ThrottleResult> AskCoreAsync(ThrottleRequest request, LeaseAsking asking)
    {
        if (Runner.IsCluster)
        {
            return await AskOneByOneAsync(request, asking);
        }

        var call = asking.CallOf(Scripts.Lease, 0, asking.Count);
        var reply = await Runner.RunAsync(call);
        if (reply.IsAnswered)
        {
            asking.Read((byte[])reply.Value!, 0, asking.Count);
            return asking.Decide();
        }

        // Now that it is known, ask again as one asks a cluster.
        if (Runner.IsCluster)
        {
            return await AskOneByOneAsync(request, asking);
        }

        return Abandon(request, asking, call, 0, asking.Count);
    }

    private async ValueTask<ThrottleResult> AskOneByOneAsync(ThrottleRequest request, LeaseAsking asking)
    {
        for (var i = 0; i < asking.Count; i++)
        {
            var call = asking.CallOf(Scripts.Lease, i, 1);
            var reply = await Runner.RunAsync(call);
            if (!reply.IsAnswered)
            {
                return Abandon(request, asking, call, i, 1);
            }

            asking.Read((byte[])reply.Value!, i, 1);
        }

        return asking.Decide();
    }

    private ThrottleResult Abandon(ThrottleRequest request, LeaseAsking asking, ScriptCall call, int first, int count)
    {
        asking.Abandon();
        _ = asking.SettleAsync(call, Fallback, first, count);
        return Fallback.Decide(request);
    }
}
