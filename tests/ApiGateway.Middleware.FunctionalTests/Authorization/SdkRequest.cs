namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>A request that the AWS SDK signs, before any encoding: to all orders, or to one.</summary>
internal sealed record SdkRequest(string Method, Uri Endpoint, string? Id)
{
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }
}
