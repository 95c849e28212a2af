namespace ApiGateway.Middleware.Snapshots;

/// <summary>What carries out an integration plan.</summary>
internal enum Backend
{
    Http,

    InProcess,

    Lambda,

    Aws,

    Mock,

    /// <summary>A handler of WebSocket messages.</summary>
    MessageHandler,

    /// <summary>Opens a WebSocket connection.</summary>
    Connect,

    /// <summary>Posts to, tells of and closes WebSocket connections.</summary>
    Connections,
}
