namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>What came of undoing a coding.</summary>
internal enum DecodingResult
{
    Done,

    /// <summary>The body is not what its coding says.</summary>
    Malformed,

    /// <summary>The body is longer than it may be, or grew more than honest ones do.</summary>
    TooLarge,
}
