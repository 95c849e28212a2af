using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>The keys that the section <c>ApiGateway</c> shares with the options.</summary>
internal static class OptionKeys
{
    public static readonly string[] All =
    [
        nameof(ApiGatewayOptions.Region), nameof(ApiGatewayOptions.AccountId), nameof(ApiGatewayOptions.Partition),
        nameof(ApiGatewayOptions.TrustedProxies), nameof(ApiGatewayOptions.ForwardLimit), nameof(ApiGatewayOptions.ConnectTimeout),
        nameof(ApiGatewayOptions.PooledConnectionLifetime), nameof(ApiGatewayOptions.PooledConnectionIdleTimeout),
        nameof(ApiGatewayOptions.MaxConnectionsPerServer),
    ];
}
