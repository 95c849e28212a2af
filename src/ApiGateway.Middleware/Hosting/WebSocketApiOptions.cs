namespace ApiGateway.Middleware.Hosting;

/// <summary>What one connection of a WebSocket API may take, and how long things may last; section <c>WebSockets</c>. Read at start.</summary>
/// <remarks>The defaults are those of Amazon API Gateway where it has any: "Quotas for configuring and running a WebSocket API in API Gateway".</remarks>
public sealed class WebSocketApiOptions
{
    /// <summary>Gets or sets the longest message either way. A client that sends a longer one is closed with 1009; a longer post is answered 413.</summary>
    /// <value>In bytes, from 1 to 16,777,216. The default is 131,072.</value>
    public int MaxMessageBytes { get; set; } = 128 * 1024;

    /// <summary>Gets or sets the longest frame of a client: a message may have several. A client that sends a longer one is closed with 1009.</summary>
    /// <value>In bytes, from 0 to 16,777,216. The default, 0, means no limit beyond that of messages: many clients send each message in one frame.
    /// Amazon API Gateway takes 32,768.</value>
    public int MaxFrameBytes { get; set; }

    /// <summary>Gets or sets how long a connection may be without a message either way. Then it is closed with 1001.</summary>
    /// <value>Positive, at most 1 day. The default is 10 minutes.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how long a connection may live, whatever its traffic. Then it is closed with 1001.</summary>
    /// <value>Positive, at most 30 days. The default is 2 hours.</value>
    public TimeSpan MaxConnectionLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Gets or sets how many messages of one connection are run at once. While it is as many, nothing more is read from the client.</summary>
    /// <value>From 1 to 10,000. The default is 16. With 1, messages are dealt with one after another.</value>
    public int MaxConcurrentMessagesPerConnection { get; set; } = 16;

    /// <summary>Gets or sets how many messages may wait for a client that reads slowly. A post beyond that is answered 429.</summary>
    /// <value>From 1 to 100,000. The default is 64.</value>
    public int SendQueueMessages { get; set; } = 64;

    /// <summary>Gets or sets how many bytes may wait for a client that reads slowly. A post beyond that is answered 429.</summary>
    /// <value>From 1 to 1,073,741,824. The default is 1,048,576.</value>
    public int SendQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets how long the answer to a message waits for room behind those. Then it is dropped.</summary>
    /// <value>Positive, at most 1 day. The default is 5 seconds.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a post waits for the node that holds the connection. Then it is answered 500.</summary>
    /// <value>Positive, at most 1 day. The default is 5 seconds.</value>
    public TimeSpan NodeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a client has to agree to the end of its connection. Then the transport is cut.</summary>
    /// <value>Positive, at most 1 day. The default is 5 seconds.</value>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a host that stops waits for its connections to end, after it has closed them with 1001.</summary>
    /// <value>Positive, at most 1 day. The default is 10 seconds. The host's own shutdown timeout has to be longer.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how often a node shows the others that it lives.</summary>
    /// <value>Positive, at most 1 day. The default is 10 seconds.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets after how much silence of a node others run <c>$disconnect</c> for its connections.</summary>
    /// <value>At least twice <see cref="HeartbeatInterval"/>, at most 1 day. The default is 30 seconds.</value>
    public TimeSpan NodeSilence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets whether clients may open connections over HTTP/2 and HTTP/3, too, where the server has them (RFC 8441, RFC 9220).</summary>
    /// <value>The default is false, as with Amazon API Gateway: such handshakes are answered 426.</value>
    public bool AllowExtendedConnect { get; set; }

    /// <summary>Gets or sets how often clients are pinged. Pings keep proxies from cutting silent connections; they do not count against
    /// <see cref="IdleTimeout"/>.</summary>
    /// <value>From zero to 1 day. The default, zero, sends none, as Amazon API Gateway does.</value>
    public TimeSpan KeepAliveInterval { get; set; }
}
