namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a cache does beyond that of Amazon API Gateway.</summary>
internal sealed record CachePolicy
{
    public static CachePolicy None { get; } = new();

    public bool SingleFlight { get; init; }

    public TimeSpan StaleWhileRevalidate { get; init; }

    public TimeSpan StaleIfError { get; init; }

    public bool AnswersConditionally { get; init; }

    public bool HonorsCacheControl { get; init; }

    public string? DiagnosticHeader { get; init; }

    /// <summary>Gets how long answers are kept by status; negative where the method's time counts.</summary>
    public CacheLifetimes Lifetimes { get; init; } = CacheLifetimes.None;
}
