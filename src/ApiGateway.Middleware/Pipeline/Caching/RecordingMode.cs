namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>What becomes of an answer while it is recorded.</summary>
internal enum RecordingMode
{
    /// <summary>It goes to the client as it comes.</summary>
    Pass,

    /// <summary>It is held until it is clear that it is no error, because there is an older answer that is better than an error.</summary>
    Hold,

    /// <summary>It goes nowhere: the client has an older answer already.</summary>
    Discard,
}
