namespace ApiGateway.Middleware.Snapshots;

/// <summary>Limits of the managed service that change answers. Source: "Amazon API Gateway quotas and important notes".</summary>
internal static class ManagedLimits
{
    /// <summary>The largest body, each way, in bytes.</summary>
    public const int PayloadBytes = 10 * 1024 * 1024;

    /// <summary>The longest request target, in characters.</summary>
    public const int UriCharacters = 10_240;

    /// <summary>The largest total of header values, in bytes.</summary>
    public const int HeaderValueBytes = 10_240;

    /// <summary>How long an authorizer of a REST API may take.</summary>
    public static readonly TimeSpan AuthorizerTimeout = TimeSpan.FromSeconds(29);

    /// <summary>How long an authorizer of an HTTP API may take. Source: "Quotas for configuring and running an HTTP API in API Gateway".</summary>
    public static readonly TimeSpan HttpAuthorizerTimeout = TimeSpan.FromSeconds(10);
}
