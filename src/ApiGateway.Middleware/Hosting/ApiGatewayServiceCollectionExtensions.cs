using System.Collections.Frozen;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Hosting.TestInvoke;
using ApiGateway.Middleware.Hosting.Usage;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Responses.AccessLogs;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds the gateway to the services of an application.</summary>
public static class ApiGatewayServiceCollectionExtensions
{
    /// <summary>Adds the gateway, with the APIs and options of the configuration section <c>ApiGateway</c>, if there is one.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>A builder for APIs in code, handlers and extensions.</returns>
    /// <remarks>Calling it twice is harmless.</remarks>
    public static IApiGatewayBuilder AddApiGateway(this IServiceCollection services) => services.AddApiGateway(static _ => { });

    /// <summary>Adds the gateway, with the APIs and options of the configuration section <c>ApiGateway</c>, if there is one.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; runs after configuration and wins over it.</param>
    /// <returns>A builder for APIs in code, handlers and extensions.</returns>
    /// <remarks>Calling it twice is harmless: services are added once, <paramref name="configure"/> accumulates.</remarks>
    public static IApiGatewayBuilder AddApiGateway(this IServiceCollection services, Action<ApiGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        AddCore(services);
        services.TryAddSingleton(static provider => DefaultSource(provider.GetService<IConfiguration>()));
        services.Configure(configure);
        return new ApiGatewayBuilder(services);
    }

    /// <summary>Adds the gateway, with the APIs and options of a configuration section of any name.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section that has <c>Apis</c> in it.</param>
    /// <returns>A builder for APIs in code, handlers and extensions.</returns>
    /// <remarks>Takes the place of the section <c>ApiGateway</c>.</remarks>
    public static IApiGatewayBuilder AddApiGateway(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);

        services.RemoveAll<SettingsSource>();
        services.AddSingleton(provider => new SettingsSource(section, provider.GetService<IConfiguration>(), OptionKeys.All));
        return services.AddApiGateway();
    }

    private static void AddCore(IServiceCollection services)
    {
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);

        // Validated with the first definition, before anything starts, so that all that is wrong is told at once.
        services.AddOptions<ApiGatewayOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ApiGatewayOptions>, ApiGatewayOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiGatewayOptions>, ApiGatewayOptionsValidator>());

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDefinitionProvider, SettingsDefinitionProvider>());
        services.TryAddSingleton<SettingsLoader>(static provider =>
            new OptionsLoader(provider.GetRequiredService<IOptionsFactory<ApiGatewayOptions>>()).Load);
        services.TryAddSingleton<GatewayCompiler>();
        services.TryAddSingleton<SnapshotSource>();
        services.TryAddSingleton<DefinitionPublisher>();
        services.TryAddSingleton(HandlerTableOf);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DefinitionReloader>());

        services.TryAddSingleton<GatewayContextPool>();
        services.TryAddSingleton<IAccessLog, LoggerAccessLog>();
        services.TryAddSingleton<AccessLogWriter>();
        services.TryAddSingleton<GatewayMetrics>();
        services.TryAddSingleton<GatewayActivitySource>();
        services.TryAddSingleton<GatewayResponseWriter>();
        services.TryAddSingleton(static provider => new BackendClients(ConnectionSettingsOf(provider)));
        services.TryAddSingleton<ThrottleBuckets>();
        services.TryAddSingleton<UsageCounters>();
        services.TryAddSingleton<IThrottleStore>(static provider => new MemoryThrottleStore(
            provider.GetRequiredService<ThrottleBuckets>(), provider.GetRequiredService<UsageCounters>(), MaxRateLimitKeysOf(provider)));
        services.TryAddSingleton(static provider => new RateLimiter(
            provider.GetRequiredService<IThrottleStore>(), provider.GetRequiredService<GatewayMetrics>(), MaxRateLimitKeysOf(provider)));
        services.TryAddSingleton<ThrottleGate>();
        services.TryAddSingleton<IGatewayUsage, GatewayUsage>();
        services.TryAddSingleton<IGatewayTestInvoker, GatewayTestInvoker>();
        LambdaServices.Add(services);
        AuthorizationServices.Add(services);
        AwsServices.Add(services);
        CachingServices.Add(services);
        IntegrationServices.Add(services);
        MessageServices.Add(services);
    }

    private static SettingsSource DefaultSource(IConfiguration? configuration)
    {
        configuration ??= new ConfigurationBuilder().Build();
        return new SettingsSource(configuration.GetSection(ApiGatewayOptions.SectionName), configuration, OptionKeys.All);
    }

    private static HandlerTable HandlerTableOf(IServiceProvider provider)
    {
        var tokens = AuthorizationServices.TokensOf(provider);
        return new HandlerTable(Registration<RequestDelegate>.AllOf(provider))
        {
            MessageHandlers = Registration<Func<WebSocketMessage, ValueTask>>.AllOf(provider),
            Authorizers = Registration<GatewayAuthorizer>.AllOf(provider),
            UserPools = tokens.UserPools.ToFrozenDictionary(StringComparer.Ordinal),
            AllowsInsecureKeys = tokens.AllowInsecureJwks,
            ClockSkew = tokens.ClockSkew,
            ConditionKeys = provider.GetServices<IConditionKeyProvider>().ToList() is { Count: > 0 } keys ? new ConditionKeySet(keys) : null,
            CanInvoke = function => LambdaServices.CanInvoke(provider, function),
            FindService = name => AwsServices.Find(provider, name),
            FindLink = id => BackendServices.FindLink(provider, id),
            FindAction = subtype => BackendServices.FindAction(provider, subtype),
        };
    }

    private static int MaxRateLimitKeysOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.MaxRateLimitKeys;

    private static BackendConnectionSettings ConnectionSettingsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value;
        return new BackendConnectionSettings(
            options.ConnectTimeout, options.PooledConnectionLifetime, options.PooledConnectionIdleTimeout, options.MaxConnectionsPerServer);
    }
}
