namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>How connections to backends are kept; fixed when the host starts.</summary>
internal sealed record BackendConnectionSettings(
    TimeSpan ConnectTimeout, TimeSpan PooledConnectionLifetime, TimeSpan PooledConnectionIdleTimeout, int MaxConnectionsPerServer);
