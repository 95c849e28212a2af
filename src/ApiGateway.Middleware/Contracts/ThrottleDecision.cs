namespace ApiGateway.Middleware.Contracts;

/// <summary>What a store says to a request. The default refuses.</summary>
public enum ThrottleDecision
{
    /// <summary>A level had too few tokens: 429. Nothing was taken anywhere.</summary>
    Throttled,

    /// <summary>The quota's period has nothing left: 429. Nothing was taken anywhere.</summary>
    QuotaExceeded,

    /// <summary>The store could not be asked, and is to refuse then: 503.</summary>
    Unavailable,

    /// <summary>Every level has given its tokens, and the request is counted.</summary>
    Allowed,
}
