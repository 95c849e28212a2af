namespace ApiGateway.Middleware.Hosting;

/// <summary>The keys that the options have in the gateway's section, beside those of the definitions.</summary>
internal static class OptionKeys
{
    public static readonly string[] All =
    [
        nameof(ApiGatewayOptions.Region), nameof(ApiGatewayOptions.AccountId), nameof(ApiGatewayOptions.Partition),
        nameof(ApiGatewayOptions.AccessDeniedDetail), nameof(ApiGatewayOptions.TrustedProxies), nameof(ApiGatewayOptions.ForwardLimit), nameof(ApiGatewayOptions.ConnectTimeout),
        nameof(ApiGatewayOptions.PooledConnectionLifetime), nameof(ApiGatewayOptions.PooledConnectionIdleTimeout),
        nameof(ApiGatewayOptions.MaxConnectionsPerServer), nameof(ApiGatewayOptions.Lambda), nameof(ApiGatewayOptions.Aws), nameof(ApiGatewayOptions.VpcLinks),
        nameof(ApiGatewayOptions.Cache), nameof(ApiGatewayOptions.WebSockets), nameof(ApiGatewayOptions.MaxRateLimitKeys),
        nameof(ApiGatewayOptions.MaxTemplateBytes),
        nameof(ApiGatewayOptions.MaxTemplateIterations), nameof(ApiGatewayOptions.MaxTemplateOutputBytes),
        nameof(ApiGatewayOptions.SigV4), nameof(ApiGatewayOptions.Jwt), nameof(ApiGatewayOptions.Credentials),
        nameof(ApiGatewayOptions.MaxTemplateSteps), nameof(ApiGatewayOptions.MaxTemplateNesting),

        // Read by the package of that name.
        "Redis",
    ];
}
