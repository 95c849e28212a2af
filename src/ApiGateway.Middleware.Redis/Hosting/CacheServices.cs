using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Caching;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Puts the store of cached answers that <see cref="RedisOptions.Cache"/> asks for in the place of the gateway's own.</summary>
internal static class CacheServices
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(RedisResponseCacheStore)))
        {
            return;
        }

        services.AddSingleton<RedisResponseCacheStore>();

        // Added, not tried: the gateway has its own already, and the last one counts. So does one that the application adds after this.
        services.AddSingleton<IResponseCacheStore>(static provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value.Cache switch
        {
            RedisCacheLevels.Redis => provider.GetRequiredService<RedisResponseCacheStore>(),
            RedisCacheLevels.Memory => new MemoryResponseCacheStore(provider.GetRequiredService<TimeProvider>()),
            _ => TwoLevels(provider),
        });
    }

    private static TwoLevelResponseCacheStore TwoLevels(IServiceProvider provider)
    {
        var connection = provider.GetRequiredService<RedisConnection>();
        var time = provider.GetRequiredService<TimeProvider>();
        return new TwoLevelResponseCacheStore(
            connection, provider.GetRequiredService<RedisResponseCacheStore>(), new MemoryLevel(new MemoryResponseCacheStore(time)),
            new InvalidationChannel(connection, time, provider.GetRequiredService<ILogger<InvalidationChannel>>()));
    }
}
