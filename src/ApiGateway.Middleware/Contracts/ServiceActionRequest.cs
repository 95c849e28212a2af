using System.Collections.Frozen;

namespace ApiGateway.Middleware.Contracts;

/// <summary>An action that an integration asks a service for.</summary>
public sealed class ServiceActionRequest
{
    /// <summary>Gets the subtype, such as <c>EventBridge-PutEvents</c>.</summary>
    public required string Subtype { get; init; }

    /// <summary>Gets the values of the parameters by name, such as <c>QueueUrl</c>. Optional ones without a value are missing.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Gets the region: the parameter <c>Region</c>, or that of the API.</summary>
    public required string Region { get; init; }

    /// <summary>Gets the role that the definition names for the call, or <see langword="null"/>.</summary>
    public string? CredentialsArn { get; init; }

    /// <summary>Gets the id of the request.</summary>
    public required string RequestId { get; init; }
}
