namespace ApiGateway.Middleware.State;

/// <summary>What became of the wish to count a request. The default refuses.</summary>
internal enum UsageResult
{
    Exceeded,
    Counted,

    /// <summary>Another day has begun.</summary>
    Closed,
}
