namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a service is; fixed by options and definition, never by a request.</summary>
/// <param name="Address">Scheme, host and port.</param>
/// <param name="Host">The header <c>Host</c> if it is not that of the address, or <see langword="null"/>.</param>
/// <param name="Region">The region for which requests are signed.</param>
/// <param name="SigningName">The service's name in signatures.</param>
internal sealed record AwsServiceServer(string Address, string? Host, string Region, string SigningName);
