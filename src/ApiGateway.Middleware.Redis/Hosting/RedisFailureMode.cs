namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>What happens to limited requests while Redis does not answer.</summary>
public enum RedisFailureMode
{
    /// <summary>Each host counts by itself, with the limits divided by the number of hosts last known.</summary>
    Local,

    /// <summary>Requests are let through.</summary>
    Open,

    /// <summary>Requests are refused.</summary>
    Closed,
}
