namespace ApiGateway.Middleware.Snapshots;

/// <summary>How large the head of a request may be.</summary>
/// <param name="UriCharacters">The longest request target, in characters; beyond is 414.</param>
/// <param name="HeaderBytes">The largest total of header values, in bytes; beyond is 431.</param>
/// <param name="CountsRequestLine">Whether the request line counts as if it were a header.</param>
internal sealed record RequestLimits(int UriCharacters, int HeaderBytes, bool CountsRequestLine)
{
    public static readonly RequestLimits Rest = new(ManagedLimits.UriCharacters, ManagedLimits.HeaderValueBytes, false);

    /// <summary>The length of the address is checked with the handshake.</summary>
    public static readonly RequestLimits WebSocket = new(int.MaxValue, ManagedLimits.HeaderValueBytes, false);

    /// <summary>Source: "Quotas for configuring and running an HTTP API in API Gateway".</summary>
    public static readonly RequestLimits Http = new(int.MaxValue, ManagedLimits.HeaderValueBytes, true);
}
