using ApiGateway.Middleware.Contracts;

namespace RedisLimits;

/// <summary>What each call asks for: a key's limit, a method's limit, and a quota.</summary>
internal static class Limits
{
    public const int InFlight = 64;
    public const double Rate = 1e9;
    public const int Burst = int.MaxValue;
    public const long Quota = 1L << 50;

    public static readonly ThrottleLimit Key = new("key", Rate, Burst) { Owner = "gold", Caller = "partner" };
    public static readonly ThrottleLimit Method = new("method", Rate, Burst) { ApiId = "orders", Owner = "prod" };
    public static readonly UsageAccount Account = new("gold", "partner", new QuotaLimit(Quota, QuotaPeriod.Month, 0));

    public static ThrottleRequest Request(TimeProvider time)
    {
        var request = new ThrottleRequest { ApiId = "orders", Account = Account, ReceivedAt = time.GetUtcNow() };
        Fill(request);
        return request;
    }

    /// <summary>Does what a request does that uses a pooled one.</summary>
    public static void Fill(ThrottleRequest request)
    {
        var receivedAt = request.ReceivedAt;
        request.Reset();
        (request.ApiId, request.Account, request.ReceivedAt) = ("orders", Account, receivedAt);
        request.Add(Key);
        request.Add(Method);
    }
}
