using System.Net;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Context;

/// <summary>A WebSocket connection as its handshake has left it: the same for each of its messages, whatever is deployed meanwhile.</summary>
internal sealed class ClientConnection
{
    /// <summary>Gets the connection's id, in the form of a request's.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Gets the id of the API. What its stage does is asked anew for each message.</summary>
    public required string ApiId { get; init; }

    /// <summary>Gets the name of the stage.</summary>
    public required string StageName { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Gets the host that the client asked for.</summary>
    public required HostString Host { get; init; }

    public required IPAddress? SourceIp { get; init; }

    public required string? UserAgent { get; init; }

    /// <summary>Gets or sets who calls, or <see langword="null"/> if nobody was asked. Written when the handshake is authorized.</summary>
    public CallerIdentity? Caller { get; set; }

    /// <summary>Gets or sets how long the authorizer took, in milliseconds.</summary>
    public long AuthorizerLatency { get; set; }

    /// <summary>Gets or sets the value of the API key: a secret.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the id of the API key.</summary>
    public string? ApiKeyId { get; set; }
}
