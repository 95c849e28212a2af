namespace ApiGateway.Middleware.State;

/// <summary>What came of taking from a bucket of a key.</summary>
internal enum KeyedResult
{
    Taken,

    /// <summary>It has too few tokens; nothing was taken.</summary>
    Empty,

    /// <summary>The key has no bucket, and all that could give way to it are in use.</summary>
    NoRoom,
}
