using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>Asks Redis for each request, once: one script takes from all buckets and counts, or does none of it.</summary>
/// <remarks>In a cluster there is a call for each caller or owner whose keys live together; what the first took is given back if a later one refuses.</remarks>
internal sealed class ExactThrottleStore(ScriptRunner runner, ThrottleScripts scripts, ThrottleStates states, ThrottleFallback fallback)
    : RedisThrottleStore(runner, scripts, states, fallback)
{
    public override ValueTask<ThrottleResult> TryEnterAsync(ThrottleRequest request)
    {
        if (request.Levels.IsEmpty && request.Account is null)
        {
            return new(ThrottleResult.Allowed);
        }

        if (Runner.IsCluster)
        {
            return EnterByOwnersAsync(request);
        }

        var call = CallOf(request, 0, request.Levels.Length, request.Account is not null);
        return EnterAsync(Runner.SendAsync(call), call, request);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ThrottleResult> EnterAsync(ValueTask<RedisReply<RedisResult>> sent, ScriptCall call, ThrottleRequest request)
    {
        var reply = await sent;
        if (!reply.IsAnswered)
        {
            reply = ScriptRunner.IsUnknown(reply) ? await Runner.AgainAsync(call) : Runner.Look(reply);
        }

        return reply.IsAnswered ? Read((byte[])reply.Value!, request)
            : Runner.IsCluster ? await EnterByOwnersAsync(request)
            : Fallback.Decide(request, call);
    }

    private ThrottleResult Read(ReadOnlySpan<byte> answer, ThrottleRequest request)
    {
        var levels = request.Levels;
        for (var i = 0; i < levels.Length; i++)
        {
            EnterAnswer.Read(answer, i, ref levels[i]);
        }

        if (request.Account is { Quota: not null } account)
        {
            States.Of(account).Told(EnterAnswer.LeftOf(answer), request.ReceivedAt);
        }

        return EnterAnswer.DecisionOf(answer) switch
        {
            ThrottleDecision.Allowed => ThrottleResult.Allowed,
            ThrottleDecision.QuotaExceeded => ThrottleResult.QuotaExceeded,
            _ => ThrottleResult.Throttled(EnterAnswer.RefusingOf(answer)),
        };
    }

    private ScriptCall CallOf(ThrottleRequest request, int first, int count, bool isCounted)
    {
        var length = count + (isCounted ? 1 : 0);
        var (keys, values) = (new RedisKey[length], new RedisValue[length]);
        for (var i = 0; i < count; i++)
        {
            ref var level = ref request.Levels[first + i];
            var state = States.Of(level.Limit);
            keys[i] = state.KeyOf(level.Key);
            values[i] = state.Taking(level.Cost, level.IsDryRun);
        }

        if (isCounted)
        {
            var account = States.Of(request.Account!);
            keys[count] = account.Key;
            values[count] = account.Quota;
        }

        return new ScriptCall(Scripts.Enter, keys, values);
    }

    // The account goes with the levels of its key, which come first; without any it is asked last, on its own.
    private async ValueTask<ThrottleResult> EnterByOwnersAsync(ThrottleRequest request)
    {
        var isCounted = false;
        for (var first = 0; first < request.Levels.Length || (request.Account is not null && !isCounted);)
        {
            var count = CountTogether(request, first);
            var counts = !isCounted && request.Account is { } account
                && (count == 0 || IsOf(request.Levels[first].Limit, account));
            var call = CallOf(request, first, count, counts);
            var reply = await Runner.RunAsync(call);
            if (!reply.IsAnswered)
            {
                await GiveBackAsync(request, first, isCounted);
                return Fallback.Decide(request, counts ? call : null);
            }

            var answer = (byte[])reply.Value!;
            for (var i = 0; i < count; i++)
            {
                EnterAnswer.Read(answer, i, ref request.Levels[first + i]);
            }

            if (!EnterAnswer.IsAllowed(answer))
            {
                await GiveBackAsync(request, first, isCounted);
                return EnterAnswer.DecisionOf(answer) == ThrottleDecision.QuotaExceeded
                    ? ThrottleResult.QuotaExceeded
                    : ThrottleResult.Throttled(first + EnterAnswer.RefusingOf(answer));
            }

            isCounted |= counts;
            first += count;
        }

        return ThrottleResult.Allowed;
    }

    private static int CountTogether(ThrottleRequest request, int first)
    {
        var levels = request.Levels[first..];
        var count = 0;
        while (count < levels.Length && levels[count].Key == levels[0].Key && IsOfOne(levels[count].Limit, levels[0].Limit))
        {
            count++;
        }

        return count;
    }

    private static bool IsOfOne(ThrottleLimit one, ThrottleLimit other) =>
        one.Owner == other.Owner && one.Caller == other.Caller && one.ApiId == other.ApiId;

    private static bool IsOf(ThrottleLimit limit, UsageAccount account) =>
        limit.ApiId.Length == 0 && limit.Owner == account.UsagePlanId && limit.Caller == account.KeyId;

    private async ValueTask GiveBackAsync(ThrottleRequest request, int count, bool isCounted)
    {
        if (isCounted)
        {
            await Fallback.TellNowAsync(States.Of(request.Account!), -1);
        }

        var back = new ThrottleRequest();
        foreach (ref var level in request.Levels[..count])
        {
            back.Add(level.Limit, level.Key, level.IsExceeded ? 0 : -level.Cost);
        }

        if (count > 0)
        {
            await ChargeCoreAsync(back);
            for (var i = 0; i < count; i++)
            {
                request.Levels[i].Remaining = back.Levels[i].Remaining;
            }
        }
    }
}
