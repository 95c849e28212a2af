namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>What one connection may take, and how long things may last.</summary>
internal sealed record ConnectionLimits
{
    /// <summary>The longest frame to a client: "Quotas for configuring and running a WebSocket API in API Gateway".</summary>
    public const int FrameBytes = 32 * 1024;

    /// <summary>Gets the longest message either way, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 128 * 1024;

    /// <summary>Gets the longest frame of a client, in bytes; 0 for no limit.</summary>
    public int MaxFrameBytes { get; init; }

    /// <summary>Gets how long a connection may be without a message either way.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how long a connection may live, whatever its traffic.</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Gets how many messages of one connection are run at once.</summary>
    public int MaxConcurrentMessages { get; init; } = 16;

    /// <summary>Gets how many messages may wait for a slow client.</summary>
    public int SendQueueMessages { get; init; } = 64;

    /// <summary>Gets how many bytes may wait for a slow client.</summary>
    public int SendQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>Gets how long an answer waits for room behind those.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long to wait for another node.</summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a client has to agree to the end of its connection.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a node that ends waits for its connections to end.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how often a node shows that it lives.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets after how much silence other nodes take over the connections of a node.</summary>
    public TimeSpan NodeSilence { get; init; } = TimeSpan.FromSeconds(30);
}
