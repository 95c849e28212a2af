using System.Collections.Concurrent;
using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.State;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What becomes of requests while Redis does not answer, and what Redis is told afterwards.</summary>
internal sealed class ThrottleFallback
{
    // A day after all days: what is told late counts as of the day on which it is told.
    private const int Today = int.MaxValue;

    private readonly ThrottleStates _states;
    private readonly ScriptRunner _runner;
    private readonly ThrottleScripts _scripts;
    private readonly HostCount _hosts;
    private readonly ThrottleMetrics _metrics;
    private readonly MemoryThrottleStore _local;
    private readonly RedisFailureMode _mode;
    private readonly FrozenDictionary<string, RedisFailureMode> _modes;

    // Accounts that Redis is to be told of.
    private readonly ConcurrentQueue<AccountState> _untold = [];

    public ThrottleFallback(
        ThrottleStates states, ScriptRunner runner, ThrottleScripts scripts, HostCount hosts, ThrottleMetrics metrics,
        IOptions<RedisOptions> options, TimeProvider time)
    {
        (_states, _runner, _scripts, _hosts, _metrics) = (states, runner, scripts, hosts, metrics);
        _local = new MemoryThrottleStore(time);
        _mode = options.Value.OnFailure;
        _modes = options.Value.OnFailureOf.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Decides about a request without Redis.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">What Redis was asked, if it may yet answer: then it counts the request itself.</param>
    public ThrottleResult Decide(ThrottleRequest request, ScriptCall? call = null)
    {
        var mode = _modes.GetValueOrDefault(request.ApiId, _mode);
        _metrics.Decided(mode);
        var result = mode switch
        {
            RedisFailureMode.Open => ThrottleResult.Allowed,
            RedisFailureMode.Closed => ThrottleResult.Unavailable,
            _ => DecideAlone(request),
        };
        if (request.Account is { } account)
        {
            var counted = result.Decision == ThrottleDecision.Allowed ? 1 : 0;
            if (call?.Sent is null)
            {
                Tell(account, counted);
            }
            else
            {
                _ = CompareAsync(account, counted, call);
            }
        }

        return result;
    }

    /// <summary>Charges this host's own buckets.</summary>
    public void Charge(ThrottleRequest request) => Charge(request, sign: 1);

    /// <summary>Has Redis told of requests that it does not know of, or of those that it counted and should not have.</summary>
    public void Tell(UsageAccount account, int requests)
    {
        if (requests != 0)
        {
            var state = _states.Of(account);
            if (state.AddUntold(requests))
            {
                _untold.Enqueue(state);
            }
        }
    }

    /// <summary>Tells Redis what it has missed. What cannot be told is kept for the next time.</summary>
    public async ValueTask TellAllAsync()
    {
        for (var left = _untold.Count; left > 0 && _runner.IsUp && _untold.TryDequeue(out var state); left--)
        {
            var requests = state.TakeUntold();
            if (requests == 0)
            {
                continue;
            }

            await TellNowAsync(state, requests);
        }
    }

    /// <summary>Tells Redis of requests at once, or later if it does not answer.</summary>
    public async ValueTask TellNowAsync(AccountState state, int requests)
    {
        var call = new ScriptCall(_scripts.Lease, [state.Key], [state.Leasing(0, 0, -requests, Today)]);
        if (!(await _runner.RunAsync(call)).IsAnswered)
        {
            _ = TellAgainAsync(call, state.Account, requests);
        }
    }

    /// <summary>Tells of requests that <paramref name="call"/> was to tell of, unless Redis got to it later.</summary>
    public async Task TellAgainAsync(ScriptCall call, UsageAccount account, int requests)
    {
        if (await call.SettleAsync() is null)
        {
            Tell(account, requests);
        }
    }

    private async Task CompareAsync(UsageAccount account, int counted, ScriptCall call) =>
        Tell(account, counted - (EnterAnswer.IsAllowed(await call.SettleAsync()) ? 1 : 0));

    private ThrottleResult DecideAlone(ThrottleRequest request)
    {
        var hosts = _hosts.Last;
        var own = new ThrottleRequest { ApiId = request.ApiId, ReceivedAt = request.ReceivedAt };
        foreach (ref var level in request.Levels)
        {
            own.Add(_states.Of(level.Limit).ShareOf(hosts), level.Key, level.Cost, level.IsDryRun);
        }

        var result = _local.TryEnter(own);
        for (var i = 0; i < request.Levels.Length; i++)
        {
            request.Levels[i].IsExceeded = own.Levels[i].IsExceeded;
            request.Levels[i].Remaining = own.Levels[i].Remaining;
        }

        if (result.Decision == ThrottleDecision.Allowed && request.Account is { } account
            && !_states.Of(account).TryCountAlone(hosts, request.ReceivedAt))
        {
            Charge(request, sign: -1);
            return ThrottleResult.QuotaExceeded;
        }

        return result;
    }

    private void Charge(ThrottleRequest request, int sign)
    {
        var own = new ThrottleRequest();
        foreach (ref var level in request.Levels)
        {
            own.Add(_states.Of(level.Limit).ShareOf(_hosts.Last), level.Key, level.IsExceeded ? 0 : sign * level.Cost);
        }

        _local.Charge(own);
        for (var i = 0; i < request.Levels.Length; i++)
        {
            request.Levels[i].Remaining = own.Levels[i].Remaining;
        }
    }
}
