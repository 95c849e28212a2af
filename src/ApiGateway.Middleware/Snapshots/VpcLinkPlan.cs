using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The VPC link through which a backend is reached: it takes the place of scheme, host and port in the backend's address.</summary>
internal sealed class VpcLinkPlan
{
    public required VpcLinkTarget Target { get; init; }

    /// <summary>Gets what finds the backend, or <see langword="null"/> if nobody knows the link.</summary>
    public required VpcLinkResolver? Resolver { get; init; }

    /// <summary>Gets the header <c>Host</c>, or <see langword="null"/> for that of the client.</summary>
    public required string? Host { get; init; }

    /// <summary>Gets the name that the backend's certificate must have, which also asks for TLS; <see langword="null"/> for that of the address.</summary>
    public required string? ServerName { get; init; }
}
