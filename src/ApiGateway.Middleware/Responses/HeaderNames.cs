namespace ApiGateway.Middleware.Responses;

/// <summary>Headers of Amazon API Gateway, and those of limits beyond it.</summary>
internal static class HeaderNames
{
    public const string ApiId = "X-Amzn-Apigateway-Api-Id";
    public const string ErrorType = "x-amzn-ErrorType";
    public const string ExtendedRequestId = "x-amz-apigw-id";
    public const string RateLimit = "RateLimit";
    public const string RateLimitPolicy = "RateLimit-Policy";
    public const string RemappedPrefix = "x-amzn-Remapped-";
    public const string RequestId = "x-amzn-RequestId";
    public const string TraceId = "X-Amzn-Trace-Id";
}
