namespace ApiGateway.Middleware.Contracts;

/// <summary>The kinds of API that Amazon API Gateway knows; <c>ProtocolType</c> in settings.</summary>
public enum ApiKind
{
    /// <summary>A REST API (version 1).</summary>
    Rest,

    /// <summary>An HTTP API (version 2).</summary>
    Http,

    /// <summary>A WebSocket API (version 2).</summary>
    WebSocket,
}
