using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Where functions are that do not run in process; fixed when the host starts.</summary>
/// <param name="Endpoint">The address of the Lambda API, or <see langword="null"/> for that of AWS.</param>
/// <param name="Region">The region for which calls to <paramref name="Endpoint"/> are signed, or <see langword="null"/> for the function's.</param>
/// <param name="Functions">Addresses of single functions, by name or ARN, with or without version or alias.</param>
/// <param name="Credentials">Gives the keys, or <see langword="null"/> to send calls unsigned.</param>
internal sealed record InvokeApiSettings(
    Uri? Endpoint, string? Region, IReadOnlyDictionary<string, Uri> Functions, IAwsCredentialsSource? Credentials);
