namespace ApiGateway.Middleware.Compilation;

/// <summary>What integrations of a kind of API may have.</summary>
/// <param name="DefaultTimeout">The time limit where the definition has none, in milliseconds.</param>
/// <param name="MaxTimeout">The largest time limit, in milliseconds.</param>
internal sealed record IntegrationRules(int DefaultTimeout, int MaxTimeout)
{
    public const int MinTimeout = 50;

    public static readonly IntegrationRules Rest = new(29_000, 900_000);

    /// <summary>Gets the rules of HTTP APIs. Source: "Quotas for configuring and running an HTTP API in API Gateway".</summary>
    /// <param name="isExact">Whether the definition was written for the managed service; others may wait longer.</param>
    public static IntegrationRules Http(bool isExact) => new(30_000, isExact ? 30_000 : 900_000) { IsHttpApi = true };

    /// <summary>Gets whether addresses, events and headers follow HTTP APIs.</summary>
    public bool IsHttpApi { get; private init; }
}
