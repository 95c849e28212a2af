using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes limits by caller in code.</summary>
internal static class RateLimits
{
    public static void Add(IDictionary<string, RateLimitDefinition> target, string name, Action<RateLimitDefinition> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        var limit = new RateLimitDefinition();
        configure(limit);
        target[name] = limit;
    }
}
