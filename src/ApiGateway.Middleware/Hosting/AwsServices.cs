using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>The services that call AWS services, and the one rule of where keys come from.</summary>
internal static class AwsServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => SettingsOf(provider));
        services.TryAddSingleton<LambdaCallPool>();
        services.TryAddSingleton<AwsFunctionIntegration>();
        services.TryAddSingleton<AwsServiceIntegration>();
        services.TryAddSingleton<ServiceActionIntegration>();
        services.TryAddSingleton<AwsIntegration>();
    }

    /// <summary>Finds a service for the compiler; the options are read when the first definition names one.</summary>
    public static AwsServiceServer? Find(IServiceProvider provider, AwsServiceName name)
    {
        try
        {
            return AwsServiceLocator.Find(name, provider.GetRequiredService<AwsServiceSettings>());
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the options is told with the definition already, and nothing is called.
            return new AwsServiceServer("https://invalid", null, name.Region, name.Service);
        }
    }

    /// <summary>Finds the keys: those of the container, then those of the options.</summary>
    public static IAwsCredentialsSource? CredentialsOf(IServiceProvider provider, AwsOptions options) =>
        provider.GetService<IAwsCredentialsSource>() ?? From(options.AccessKeyId, options.SecretAccessKey, options.SessionToken);

    /// <summary>Makes a source of the keys of options, if they have any.</summary>
    public static IAwsCredentialsSource? From(string? accessKeyId, string? secretAccessKey, string? sessionToken) =>
        string.IsNullOrEmpty(accessKeyId) || string.IsNullOrEmpty(secretAccessKey)
            ? null : new StaticCredentials(new AwsCredentials(accessKeyId, secretAccessKey, sessionToken));

    public static AwsServiceSettings SettingsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.Aws;
        return new AwsServiceSettings(
            options.Endpoint is null ? null : new Uri(options.Endpoint),
            options.Endpoints.ToFrozenDictionary(static item => item.Key, static item => new Uri(item.Value), StringComparer.OrdinalIgnoreCase),
            options.Region,
            CredentialsOf(provider, options));
    }
}
