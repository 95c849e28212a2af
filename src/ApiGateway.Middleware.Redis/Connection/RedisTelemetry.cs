namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>The public names of the instruments of this package. They are in the meter <c>ApiGateway.Middleware</c>.</summary>
public static class RedisTelemetry
{
    /// <summary>Is 1 while Redis answers, else 0.</summary>
    public const string Up = "api_gateway.redis.up";

    /// <summary>Counts calls that brought nothing. Tag: <c>reason</c>, one of <c>down</c>, <c>timeout</c> and <c>error</c>.</summary>
    public const string Failures = "api_gateway.redis.failures";

    /// <summary>Counts requests whose limits were decided without Redis. Tag: <c>mode</c>, one of <c>local</c>, <c>open</c> and <c>closed</c>.</summary>
    public const string ThrottleFallbacks = "api_gateway.redis.throttle.fallbacks";

    /// <summary>The hosts that share the limits, as last known.</summary>
    public const string Hosts = "api_gateway.redis.hosts";
}
