namespace ApiGateway.Middleware.Contracts;

/// <summary>Which headers the gateway adds and renames between client and backend.</summary>
public enum HeaderProfile
{
    /// <summary><c>X-Forwarded-*</c> and the W3C trace context towards backends; nothing is renamed. The default in settings and code.</summary>
    Plain,

    /// <summary>What Amazon API Gateway does: <c>X-Amzn-Trace-Id</c>, <c>X-Amzn-Apigateway-Api-Id</c>, <c>x-amzn-Remapped-*</c>. The default of imported definitions.</summary>
    Aws,
}
