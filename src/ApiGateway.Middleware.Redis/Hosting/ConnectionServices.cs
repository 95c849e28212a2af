using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>The services by which nodes share WebSocket connections.</summary>
internal static class ConnectionServices
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(RedisConnectionRegistry)))
        {
            return;
        }

        services.AddSingleton<RedisConnectionRegistry>();
        services.AddSingleton<RedisNodeChannel>();

        // Behind those of a single node, which they replace; an application can still add its own after these.
        services.AddSingleton<IConnectionRegistry>(static provider => provider.GetRequiredService<RedisConnectionRegistry>());
        services.AddSingleton<INodeChannel>(static provider => provider.GetRequiredService<RedisNodeChannel>());
    }
}
