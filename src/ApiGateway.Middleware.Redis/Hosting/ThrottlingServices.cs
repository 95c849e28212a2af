using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>The services of shared limits.</summary>
internal static class ThrottlingServices
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(ScriptRunner)))
        {
            return;
        }

        services.AddSingleton<ScriptRunner>();
        services.TryAddSingleton(static _ => new ThrottleScripts());
        services.AddSingleton<ThrottleStates>();
        services.AddSingleton<HostCount>();
        services.AddSingleton<ThrottleMetrics>();
        services.AddSingleton<ThrottleFallback>();

        // Behind the one in memory, which it replaces; an application can still add its own after this one.
        services.AddSingleton<IThrottleStore>(static provider =>
            provider.GetRequiredService<IOptions<RedisOptions>>().Value.Mode == RedisMode.Leased
                ? ActivatorUtilities.CreateInstance<LeasedThrottleStore>(provider)
                : ActivatorUtilities.CreateInstance<ExactThrottleStore>(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ThrottleUpkeep>());
    }
}
