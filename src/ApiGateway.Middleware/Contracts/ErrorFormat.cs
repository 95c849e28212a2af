namespace ApiGateway.Middleware.Contracts;

/// <summary>The form of the gateway's own error bodies, where a definition does not give one.</summary>
public enum ErrorFormat
{
    /// <summary><c>application/json</c> with a member <c>message</c>, byte for byte as Amazon API Gateway answers.</summary>
    Aws,

    /// <summary>
    /// <c>application/problem+json</c> (RFC 9457) with <c>type</c>, <c>title</c>, <c>status</c> and <c>detail</c>, and the members
    /// <c>errorType</c>, as in the header <c>x-amzn-ErrorType</c>, and <c>requestId</c>.
    /// </summary>
    ProblemDetails,
}
