using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>A host's part of a limit: divided by the number of hosts, but a burst of at least one, or nobody would be let in.</summary>
internal sealed class LocalShare(int hosts, ThrottleLimit limit)
{
    public int Hosts { get; } = hosts;

    public ThrottleLimit Limit { get; } =
        new(limit.Name, limit.RateLimit / hosts, limit.BurstLimit == 0 ? 0 : Math.Max(1, limit.BurstLimit / hosts))
        {
            ApiId = limit.ApiId,
            Owner = limit.Owner,
            Caller = limit.Caller,
        };
}
