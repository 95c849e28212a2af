namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a function that authorizes gets.</summary>
internal enum AuthorizerEventForm
{
    /// <summary>REST APIs, type <c>TOKEN</c>: the token and the method.</summary>
    Token,

    /// <summary>REST APIs, type <c>REQUEST</c>: the request as an event.</summary>
    Request,

    /// <summary>HTTP APIs, format <c>1.0</c>.</summary>
    Http1,

    /// <summary>HTTP APIs, format <c>2.0</c>.</summary>
    Http2,

    /// <summary>WebSocket APIs.</summary>
    Connect,
}
