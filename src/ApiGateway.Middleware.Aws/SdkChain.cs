using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace ApiGateway.Middleware.Aws;

/// <summary>The credential chain of the SDK.</summary>
internal static class SdkChain
{
    private static readonly DefaultAWSCredentialsIdentityResolver Resolver = new();

    /// <summary>Walks the chain to the first place that has keys; they renew themselves.</summary>
    /// <exception cref="AmazonClientException">No place has any.</exception>
    public static async Task<AWSCredentials> ResolveAsync(CancellationToken cancellationToken) =>
        await Resolver.ResolveIdentityAsync(null, cancellationToken).ConfigureAwait(false);
}
