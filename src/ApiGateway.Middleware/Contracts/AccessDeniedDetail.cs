namespace ApiGateway.Middleware.Contracts;

/// <summary>How much the 403 of a policy tells the caller.</summary>
public enum AccessDeniedDetail
{
    /// <summary>Whether the denial is explicit: <c>... with an explicit deny</c>.</summary>
    Classic,

    /// <summary>Also which kind of policy refused, as newer answers of the managed service do: <c>... with an explicit deny in a resource-based
    /// policy</c>, or <c>... because no identity-based policy allows the execute-api:Invoke action</c>.</summary>
    Extended,
}
