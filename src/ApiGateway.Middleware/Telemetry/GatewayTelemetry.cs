namespace ApiGateway.Middleware.Telemetry;

/// <summary>The public names of the gateway's meter and activity source, and of their instruments.</summary>
public static class GatewayTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "ApiGateway.Middleware";

    /// <summary>Counts requests. Tags: <c>api</c>, <c>stage</c>, <c>route</c>.</summary>
    public const string Requests = "api_gateway.requests";

    /// <summary>Counts answers with a status from 400 to 499.</summary>
    public const string ClientErrors = "api_gateway.client_errors";

    /// <summary>Counts answers with a status from 500 on.</summary>
    public const string ServerErrors = "api_gateway.server_errors";

    /// <summary>Measures requests from their arrival in the gateway to the end of the answer, in seconds.</summary>
    public const string Latency = "api_gateway.latency";

    /// <summary>Measures integrations from the call to the backend's answer, in seconds.</summary>
    public const string IntegrationLatency = "api_gateway.integration_latency";

    /// <summary>Counts requests that were beyond a limit by caller. Tags besides: <c>limit</c>, its name, and <c>dry_run</c>, whether it only counts.</summary>
    public const string RateLimitExceeded = "api_gateway.rate_limit.exceeded";

    /// <summary>Counts answers that the gateway gave itself. Tags besides: <c>reason</c>, the gateway response type.</summary>
    public const string Rejections = "api_gateway.rejections";

    /// <summary>Counts requests of cached methods that got an answer from the cache; <c>CacheHitCount</c> of Amazon CloudWatch.</summary>
    public const string CacheHits = "api_gateway.cache.hits";

    /// <summary>Counts requests of cached methods for which there was none; <c>CacheMissCount</c>. Requests that pass the cache by count in neither.</summary>
    public const string CacheMisses = "api_gateway.cache.misses";

    /// <summary>Counts how often the store of cached answers failed, or took too long. No such failure reaches a caller.</summary>
    public const string CacheFailures = "api_gateway.cache.failures";

    /// <summary>Tells how many WebSocket connections are open on this node. Tags: <c>api</c>, its id, and <c>stage</c>.</summary>
    public const string OpenConnections = "api_gateway.websocket.open_connections";

    /// <summary>Counts handshakes that were accepted; tags: <c>api</c>, <c>stage</c>. <c>ConnectCount</c> of Amazon CloudWatch is the number of
    /// <see cref="Requests"/> of the route <c>$connect</c>.</summary>
    public const string Connections = "api_gateway.websocket.connections";

    /// <summary>Counts messages from and to clients, without the gateway's own error frames; <c>MessageCount</c>. Tags besides: <c>direction</c>,
    /// <c>in</c> or <c>out</c>.</summary>
    public const string Messages = "api_gateway.websocket.messages";

    /// <summary>Counts events of connections whose integration failed, or answered with a status from 400 on; <c>IntegrationError</c>. Tags as of
    /// <see cref="Requests"/>.</summary>
    public const string IntegrationErrors = "api_gateway.websocket.integration_errors";

    /// <summary>Counts events of connections that failed on the way to their integration or back; <c>ExecutionError</c>. Tags as of
    /// <see cref="Requests"/>.</summary>
    public const string ExecutionErrors = "api_gateway.websocket.execution_errors";
}
