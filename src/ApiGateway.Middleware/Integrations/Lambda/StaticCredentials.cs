using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>The keys of the options.</summary>
internal sealed class StaticCredentials(AwsCredentials credentials) : IAwsCredentialsSource
{
    public ValueTask<AwsCredentials?> GetAsync(CancellationToken cancellationToken) => new(credentials);
}
