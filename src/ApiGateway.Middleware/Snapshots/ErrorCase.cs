namespace ApiGateway.Middleware.Snapshots;

/// <summary>What went wrong, as far as kinds of API with a table of their own tell it apart.</summary>
internal enum ErrorCase
{
    /// <summary>Anything else, such as a function that failed.</summary>
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

    /// <summary>The backend cannot be reached, or took too long.</summary>
    Unavailable,
}
