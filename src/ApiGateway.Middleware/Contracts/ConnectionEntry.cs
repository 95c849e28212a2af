using System.Collections.Frozen;

namespace ApiGateway.Middleware.Contracts;

/// <summary>A connection of a WebSocket API as all nodes know it.</summary>
public sealed record ConnectionEntry
{
    /// <summary>Gets the connection's id: 16 characters of URL-safe base64, such as <c>VNRUSeldSwMCIRQ=</c>.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Gets the node that holds the socket.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets the id of the API.</summary>
    public required string ApiId { get; init; }

    /// <summary>Gets the name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets the host that the client asked for, without port.</summary>
    public required string DomainName { get; init; }

    /// <summary>Gets when the handshake began, in UTC; milliseconds count.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Gets when the last data message went either way, in UTC. It may lag by ten seconds.</summary>
    public DateTimeOffset LastActiveAt { get; init; }

    /// <summary>Gets when the entry may be forgotten, in UTC, whatever happens: longer than a connection may live.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the client's address, or <see langword="null"/> if the transport has none.</summary>
    public string? SourceIp { get; init; }

    /// <summary>Gets what the client calls itself, or <see langword="null"/>.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the id of the API key, or <see langword="null"/>. The key itself is not kept.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>Gets who the authorizer says the client is, or <see langword="null"/> where no authorizer was asked.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Gets what the authorizer says of the client, by name.</summary>
    public IReadOnlyDictionary<string, string> AuthorizerContext { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Gets how long the authorizer took, in milliseconds, or <see langword="null"/> where no function was asked.</summary>
    public long? AuthorizerLatency { get; init; }

    /// <summary>Gets who signed the handshake, by the names of <c>requestContext.identity</c>, such as <c>userArn</c>; empty if nobody did.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = FrozenDictionary<string, string>.Empty;
}
