namespace ApiGateway.Middleware.State;

/// <summary>What became of the wish for a token. The default refuses.</summary>
internal enum TokenBucketResult
{
    Empty,
    Taken,

    /// <summary>Another bucket has taken this one's place.</summary>
    Closed,
}
