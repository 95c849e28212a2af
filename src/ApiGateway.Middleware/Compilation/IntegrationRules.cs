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

    /// <summary>Gets the rules of WebSocket APIs.</summary>
    /// <param name="readsAnswer">Whether the route answers its messages, or opens connections.</param>
    public static IntegrationRules WebSocket(bool readsAnswer) => new(29_000, 29_000) { IsWebSocketApi = true, ReadsAnswer = readsAnswer };

    /// <summary>Gets whether nothing of a client's request reaches backends but what is mapped, and functions get events of connections.</summary>
    public bool IsWebSocketApi { get; private init; }

    /// <summary>Gets whether the answers of functions count, with WebSocket APIs.</summary>
    public bool ReadsAnswer { get; private init; }

    /// <summary>Gets whether addresses, events and headers follow HTTP APIs.</summary>
    public bool IsHttpApi { get; private init; }
}
