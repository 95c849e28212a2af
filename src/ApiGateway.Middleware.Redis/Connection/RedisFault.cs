namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>Why a call brought nothing.</summary>
internal enum RedisFault
{
    None,

    /// <summary>Redis is known to be away, so that nothing was sent.</summary>
    Down,

    /// <summary>No answer in time. Redis may have carried out the command, or may yet.</summary>
    Timeout,

    /// <summary>Redis refused the command, or the connection broke meanwhile.</summary>
    Error,
}
