using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>The services that call Lambda functions.</summary>
internal static class LambdaServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new InvokeApiClient(
            provider.GetRequiredService<BackendClients>(), SettingsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => Registration<LambdaFunction>.AllOf(provider));
        services.TryAddSingleton<ILambdaInvoker, LambdaInvoker>();
        services.TryAddSingleton<LambdaIntegration>();
    }

    /// <summary>Asks the invoker, which is made when the first definition names a function, and reads the options then.</summary>
    public static bool CanInvoke(IServiceProvider provider, LambdaFunctionName function)
    {
        try
        {
            return provider.GetRequiredService<ILambdaInvoker>().CanInvoke(function);
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the options is told with the definition already.
            return true;
        }
    }

    private static InvokeApiSettings SettingsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.Lambda;
        var aws = provider.GetRequiredService<AwsServiceSettings>();
        var source = provider.GetService<IAwsCredentialsSource>()
            ?? AwsServices.From(options.AccessKeyId, options.SecretAccessKey, options.SessionToken) ?? aws.Credentials;
        return new InvokeApiSettings(
            options.Endpoint is null ? aws.EndpointOf("lambda") : new Uri(options.Endpoint),
            options.Region ?? aws.Region,
            options.Functions.ToFrozenDictionary(static item => item.Key, static item => new Uri(item.Value), StringComparer.Ordinal),
            source);
    }
}
