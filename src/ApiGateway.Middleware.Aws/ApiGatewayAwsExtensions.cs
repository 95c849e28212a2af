using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Aws;

/// <summary>Lets the gateway sign its calls to AWS with the keys that the AWS SDK finds.</summary>
public static class ApiGatewayAwsExtensions
{
    /// <summary>Takes keys from the credential chain of the AWS SDK for .NET; they come before keys in the options.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The chain is asked when the first call is signed, not at start: environment, web identity, profile, container, instance. Keys are kept,
    /// and renewed before they expire. Where it finds none, calls fail with 500, and it is asked again after 10 seconds: nothing goes out
    /// unsigned. Calling it twice is harmless. Source: "Credential and profile resolution" in the developer guide of the AWS SDK for .NET.
    /// </remarks>
    public static IApiGatewayBuilder AddAwsCredentials(this IApiGatewayBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAwsCredentialsSource, SdkCredentialsSource>(static provider =>
            new SdkCredentialsSource(
                SdkChain.ResolveAsync, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SdkCredentialsSource>>())));
        return builder;
    }
}
