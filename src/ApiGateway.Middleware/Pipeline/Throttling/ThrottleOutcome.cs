namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>What the gate says. The default refuses.</summary>
internal enum ThrottleOutcome
{
    /// <summary>The key's own limit.</summary>
    KeyThrottled,

    /// <summary>The limit of the method in its stage.</summary>
    MethodThrottled,

    /// <summary>The limit of all requests.</summary>
    AccountThrottled,

    /// <summary>The limit of all new WebSocket connections.</summary>
    ConnectionsThrottled,

    /// <summary>A limit by caller, beyond those of the managed service.</summary>
    RateLimited,

    QuotaExceeded,

    /// <summary>The store could not be asked, and is to refuse then.</summary>
    Unavailable,

    Allowed,
}
