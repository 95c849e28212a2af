using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>Settings of a stage for a route, or for all; <c>RouteSettings</c> of <c>AWS::ApiGatewayV2::Stage</c>.</summary>
public sealed class RouteSettingDefinition : DefinitionNode
{
    /// <summary>Gets or sets how many requests per second the route serves to all callers together, from 0 to 1,000,000,000.</summary>
    /// <value>The default is 10,000 if <see cref="ThrottlingBurstLimit"/> is set, else no limit. 0 refuses every request.</value>
    public double? ThrottlingRateLimit { get; set; }

    /// <summary>Gets or sets how many requests the route serves at once, 0 or more.</summary>
    /// <value>The default is 5,000 if <see cref="ThrottlingRateLimit"/> is set, else no limit. 0 refuses every request.</value>
    public int? ThrottlingBurstLimit { get; set; }

    /// <summary>Gets or sets whether metrics tell routes apart. The gateway's metrics always do.</summary>
    public bool DetailedMetricsEnabled { get; set; }

    /// <summary>Gets or sets what the execution log tells of a route of a WebSocket API. HTTP APIs have none.</summary>
    /// <value>The default is that of all routes, or else <see cref="ExecutionLogLevel.Off"/>.</value>
    public ExecutionLogLevel? LoggingLevel { get; set; }

    /// <summary>Gets or sets whether that log tells bodies and headers, too. Secrets are masked in headers, but not in bodies.</summary>
    /// <value>The default is that of all routes, or else false.</value>
    public bool? DataTraceEnabled { get; set; }
}
