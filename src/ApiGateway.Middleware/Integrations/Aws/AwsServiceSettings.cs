using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Where AWS services are; fixed when the host starts.</summary>
/// <param name="Endpoint">The address of all services, or <see langword="null"/> for those of AWS.</param>
/// <param name="Endpoints">Addresses of single services, by name.</param>
/// <param name="Region">The region for which requests to these addresses are signed, or <see langword="null"/> for that of the integration.</param>
/// <param name="Credentials">Gives the keys, or <see langword="null"/> to send requests unsigned.</param>
internal sealed record AwsServiceSettings(
    Uri? Endpoint, IReadOnlyDictionary<string, Uri> Endpoints, string? Region, IAwsCredentialsSource? Credentials)
{
    /// <summary>Finds the address that the options give for a service.</summary>
    public Uri? EndpointOf(string service) => Endpoints.TryGetValue(service, out var own) ? own : Endpoint;
}
