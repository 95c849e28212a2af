namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where it stands how many tokens a request takes.</summary>
internal enum LimitCost
{
    Fixed,
    RequestHeader,

    /// <summary>Known only at the end: one token is taken before, the rest afterwards.</summary>
    ResponseHeader,
}
