using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An API as requests see it.</summary>
internal sealed class ApiSnapshot
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    public required ApiKind Kind { get; init; }

    /// <summary>Gets the id of the definition's content: equal definitions have equal ids.</summary>
    public required string DeploymentId { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string Partition { get; init; }

    /// <summary>Gets whether responses carry <see cref="IdHeaders"/>.</summary>
    public required bool ResponseIds { get; init; }

    public RequestIdHeaders IdHeaders { get; init; } = RequestIdHeaders.Rest;

    public required bool HonorMethodOverride { get; init; }

    /// <summary>Gets whether the API refuses its default host name.</summary>
    public required bool DisableExecuteApiEndpoint { get; init; }

    /// <summary>Gets the largest request body in bytes if no route of the API streams, else <see cref="long.MaxValue"/>.</summary>
    public required long MaxRequestBodyBytes { get; init; }

    /// <summary>Gets the customized answers by the number of their type, or <see langword="null"/> if there are none.</summary>
    public GatewayResponsePlan?[]? GatewayResponses { get; init; }

    /// <summary>Gets the protocol that <c>$context</c> tells, or <see langword="null"/> for that of the client.</summary>
    public string? Protocol { get; init; }

    public RequestLimits Limits { get; init; } = RequestLimits.Rest;

    /// <summary>Gets the gateway's own answers by what went wrong, or <see langword="null"/> if each refusal has its own.</summary>
    public ErrorTable? Errors { get; init; }

    /// <summary>Gets the form of answers that are not customized.</summary>
    public ErrorFormat ErrorFormat { get; init; }

    /// <summary>Gets who may call from other origins, or <see langword="null"/> if the gateway leaves that to backends.</summary>
    public CorsPlan? Cors { get; init; }
    /// <summary>Gets how bodies are coded, or <see langword="null"/> if they stay as they are.</summary>
    public CompressionPlan? Compression { get; init; }

    /// <summary>Gets the media types whose bodies are bytes, or <see langword="null"/> if every body is text.</summary>
    public BinaryMediaTypes? BinaryMediaTypes { get; init; }
}
