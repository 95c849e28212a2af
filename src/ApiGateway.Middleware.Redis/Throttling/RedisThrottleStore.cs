using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What both ways of counting in Redis have in common: charges, reports and extensions of quotas.</summary>
internal abstract class RedisThrottleStore(ScriptRunner runner, ThrottleScripts scripts, ThrottleStates states, ThrottleFallback fallback)
    : IThrottleStore
{
    private const string Away = "Redis does not answer, so usage can be neither read nor changed now.";

    protected ScriptRunner Runner => runner;

    protected ThrottleScripts Scripts => scripts;

    protected ThrottleStates States => states;

    protected ThrottleFallback Fallback => fallback;

    public abstract ValueTask<ThrottleResult> TryEnterAsync(ThrottleRequest request);

    public virtual ValueTask ChargeAsync(ThrottleRequest request) => request.Levels.IsEmpty ? default : ChargeCoreAsync(request);

    public virtual async ValueTask<IReadOnlyList<UsageDay>> ReadUsageAsync(
        UsageAccount account, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var state = states.Of(account);
        var days = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(days, from.DayNumber - UsageReport.Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(days.AsSpan(4), to.DayNumber - UsageReport.Epoch);
        var reply = await runner.RunAsync(new ScriptCall(scripts.Report, [state.Key], [state.Quota, days])).AsTask().WaitAsync(cancellationToken);
        return reply.IsAnswered ? UsageReport.Read((byte[])reply.Value!, account.Quota, from, to) : throw new TimeoutException(Away);
    }

    public virtual async ValueTask SetRemainingAsync(
        UsageAccount account, long remaining, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var state = states.Of(account);
        var argument = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(argument, remaining);
        var reply = await runner.RunAsync(new ScriptCall(scripts.Extend, [state.Key], [state.Quota, argument])).AsTask().WaitAsync(cancellationToken);
        if (!reply.IsAnswered)
        {
            throw new TimeoutException(Away);
        }

        state.Told(remaining, now);
    }

    /// <summary>Charges levels in Redis, or in this host's own buckets.</summary>
    protected async ValueTask ChargeCoreAsync(ThrottleRequest request)
    {
        var reply = runner.IsCluster ? default : await runner.RunAsync(ChargeOf(request, 0, request.Levels.Length));
        if (reply.IsAnswered)
        {
            ReadCharge((byte[])reply.Value!, request, 0);
        }
        else if (runner.IsCluster)
        {
            await ChargeOneByOneAsync(request);
        }
        else
        {
            fallback.Charge(request);
        }
    }

    private static void ReadCharge(ReadOnlySpan<byte> answer, ThrottleRequest request, int first)
    {
        for (var at = 0; at + sizeof(double) <= answer.Length; at += sizeof(double))
        {
            request.Levels[first++].Remaining = BinaryPrimitives.ReadDoubleLittleEndian(answer[at..]);
        }
    }

    private async ValueTask ChargeOneByOneAsync(ThrottleRequest request)
    {
        for (var i = 0; i < request.Levels.Length; i++)
        {
            var reply = await runner.RunAsync(ChargeOf(request, i, 1));
            if (reply.IsAnswered)
            {
                ReadCharge((byte[])reply.Value!, request, i);
            }
        }
    }

    private ScriptCall ChargeOf(ThrottleRequest request, int first, int count)
    {
        var (keys, values) = (new RedisKey[count], new RedisValue[count]);
        for (var i = 0; i < count; i++)
        {
            ref var level = ref request.Levels[first + i];
            var state = states.Of(level.Limit);
            keys[i] = state.KeyOf(level.Key);
            values[i] = state.Charging(level.Cost);
        }

        return new ScriptCall(scripts.Charge, keys, values);
    }
}
