using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Takes a token at every level and counts against the quota, or does none of it.</summary>
internal sealed class ThrottleGate(ThrottleBuckets buckets, UsageCounters usage)
{
    /// <summary>Decides about a request.</summary>
    /// <param name="route">The method, which has a throttling plan.</param>
    /// <param name="grant">What the caller's key may do, if the method requires one.</param>
    /// <param name="receivedAt">When the request arrived; says which quota period it counts in.</param>
    public ThrottleOutcome TryEnter(RouteSnapshot route, ApiKeyGrant? grant, DateTimeOffset receivedAt)
    {
        var plan = route.Throttling!;
        var key = grant?.LimitOf(route);
        var now = buckets.Now;
        if (!TryTake(key, now))
        {
            return ThrottleOutcome.KeyThrottled;
        }

        if (!TryTake(plan.Method, now))
        {
            GiveBack(key);
            return ThrottleOutcome.MethodThrottled;
        }

        if (!TryTake(plan.Account, now))
        {
            GiveBack(plan.Method);
            GiveBack(key);
            return ThrottleOutcome.AccountThrottled;
        }

        if (grant is not null && !usage.TryCount(grant.Account, receivedAt))
        {
            // Else one caller without quota could use up what others share.
            GiveBack(plan.Account);
            GiveBack(plan.Method);
            GiveBack(key);
            return ThrottleOutcome.QuotaExceeded;
        }

        return ThrottleOutcome.Allowed;
    }

    private bool TryTake(ThrottleLimit? limit, double now) => limit is null || buckets.TryTake(limit, now);

    private void GiveBack(ThrottleLimit? limit)
    {
        if (limit is not null)
        {
            buckets.GiveBack(limit);
        }
    }
}
