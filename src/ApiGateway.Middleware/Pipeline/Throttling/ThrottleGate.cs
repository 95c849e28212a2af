using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Takes a token at every level and counts against the quota, or does none of it.</summary>
internal sealed class ThrottleGate(IThrottleStore store)
{
    /// <summary>Decides about a request.</summary>
    /// <param name="request">What to ask with.</param>
    /// <param name="route">The method, which has a throttling plan.</param>
    /// <param name="grant">What the caller's key may do, if the method requires one.</param>
    /// <param name="receivedAt">When the request arrived; says which quota period it counts in.</param>
    public ValueTask<ThrottleOutcome> TryEnterAsync(ThrottleRequest request, RouteSnapshot route, ApiKeyGrant? grant, DateTimeOffset receivedAt)
    {
        Begin(request, route, route.Throttling!, grant, receivedAt);
        return AskAsync(request, route.Throttling!);
    }

    /// <summary>Puts the limits that the managed service has, too, into an empty request; others come behind them.</summary>
    public static void Begin(ThrottleRequest request, RouteSnapshot route, ThrottlingPlan plan, ApiKeyGrant? grant, DateTimeOffset receivedAt)
    {
        request.Reset();
        request.ApiId = route.Stage.Api.Id;
        request.Account = grant?.Account;
        request.ReceivedAt = receivedAt;
        Add(request, grant?.LimitOf(route));
        Add(request, plan.Method);
        Add(request, plan.Account);
        Add(request, plan.Connections);
    }

    /// <summary>Asks the store.</summary>
    public ValueTask<ThrottleOutcome> AskAsync(ThrottleRequest request, ThrottlingPlan plan)
    {
        var result = store.TryEnterAsync(request);
        return result.IsCompletedSuccessfully ? new(OutcomeOf(result.Result, request, plan)) : AwaitAsync(result, request, plan);
    }

    private static void Add(ThrottleRequest request, ThrottleLimit? limit)
    {
        if (limit is not null)
        {
            request.Add(limit);
        }
    }

    private static async ValueTask<ThrottleOutcome> AwaitAsync(ValueTask<ThrottleResult> result, ThrottleRequest request, ThrottlingPlan plan) =>
        OutcomeOf(await result, request, plan);

    private static ThrottleOutcome OutcomeOf(ThrottleResult result, ThrottleRequest request, ThrottlingPlan plan)
    {
        switch (result.Decision)
        {
            case ThrottleDecision.Allowed:
                return ThrottleOutcome.Allowed;
            case ThrottleDecision.QuotaExceeded:
                return ThrottleOutcome.QuotaExceeded;
            case ThrottleDecision.Unavailable:
                return ThrottleOutcome.Unavailable;
        }

        var limit = request.Levels[result.Level].Limit;
        return ReferenceEquals(limit, plan.Method) ? ThrottleOutcome.MethodThrottled
            : ReferenceEquals(limit, plan.Account) ? ThrottleOutcome.AccountThrottled
            : ReferenceEquals(limit, plan.Connections) ? ThrottleOutcome.ConnectionsThrottled
            : IsByCaller(limit, plan.RateLimits) ? ThrottleOutcome.RateLimited
            : ThrottleOutcome.KeyThrottled;
    }

    private static bool IsByCaller(ThrottleLimit limit, RateLimitPlans? plans)
    {
        foreach (var plan in plans?.Limits ?? [])
        {
            if (ReferenceEquals(plan.Limit, limit))
            {
                return true;
            }
        }

        return false;
    }
}
