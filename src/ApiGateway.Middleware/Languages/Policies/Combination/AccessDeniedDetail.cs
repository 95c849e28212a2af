namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>How much a refusal tells the caller.</summary>
internal enum AccessDeniedDetail
{
    /// <summary>Whether the denial is explicit.</summary>
    Classic,

    /// <summary>Also which kind of policy refused, as newer answers of the managed service do.</summary>
    Extended,
}
