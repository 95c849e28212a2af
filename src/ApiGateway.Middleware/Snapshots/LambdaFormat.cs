namespace ApiGateway.Middleware.Snapshots;

/// <summary>The forms of events to functions, and of their answers.</summary>
internal enum LambdaFormat
{
    /// <summary>Format 1.0 as REST APIs have it.</summary>
    Rest,

    /// <summary>Format 1.0 as HTTP APIs have it.</summary>
    Http1,

    /// <summary>Format 2.0 of HTTP APIs.</summary>
    Http2,

    /// <summary>Events of WebSocket APIs.</summary>
    Message,
}
