namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which ids a request has, and under which headers responses carry them.</summary>
/// <param name="RequestId">The header of the request's id.</param>
/// <param name="ExtendedRequestId">The header of the second id, or <see langword="null"/> if both ids are one, in the second's short form.</param>
internal sealed record RequestIdHeaders(string RequestId, string? ExtendedRequestId)
{
    public static readonly RequestIdHeaders Rest = new("x-amzn-RequestId", "x-amz-apigw-id");

    public static readonly RequestIdHeaders WebSocket = new("x-amzn-RequestId", null);

    public static readonly RequestIdHeaders Http = new("apigw-requestid", null);
}
