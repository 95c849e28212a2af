namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which headers change between client and backend.</summary>
internal sealed class HttpHeaderPlan
{
    /// <summary>Gets whether headers follow Amazon API Gateway (trace id, API id, remapping) or plain HTTP proxies.</summary>
    public required bool IsAws { get; init; }

    /// <summary>Gets whether headers follow HTTP APIs of Amazon API Gateway instead: all pass, and <c>Forwarded</c>, <c>Via</c> and a trace id
    /// are added.</summary>
    public bool AddsForwarded { get; init; }

    /// <summary>Gets whether <c>X-Forwarded-*</c> headers are added.</summary>
    public required bool AppendForwarded { get; init; }

    /// <summary>Gets the value of <c>X-Amzn-Apigateway-Api-Id</c>.</summary>
    public required string ApiId { get; init; }

    /// <summary>Gets the <c>User-Agent</c> of HTTP integrations: <c>AmazonAPIGateway_{apiId}</c>.</summary>
    public required string UserAgent { get; init; }
}
