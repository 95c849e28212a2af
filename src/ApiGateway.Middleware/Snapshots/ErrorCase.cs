namespace ApiGateway.Middleware.Snapshots;

/// <summary>What went wrong, as far as kinds of API with a table of their own tell it apart.</summary>
internal enum ErrorCase
{
    /// <summary>Anything else.</summary>
    InternalServerError,

    BadRequest,

    Unauthorized,

    Forbidden,

    /// <summary>No stage, no route, or no mapping of a domain name.</summary>
    NotFound,

    RequestTooLarge,

    UriTooLong,

    UnsupportedMediaType,

    Throttled,

    HeadersTooLarge,

    /// <summary>The backend took too long.</summary>
    Unavailable,

    /// <summary>The backend cannot be reached.</summary>
    Unreachable,

    /// <summary>The function failed, or its answer has not the form that is asked for.</summary>
    BadAnswer,
}
