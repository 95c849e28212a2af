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
}
