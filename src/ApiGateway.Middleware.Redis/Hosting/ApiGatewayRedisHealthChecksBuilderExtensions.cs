using ApiGateway.Middleware.Redis.Connection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Adds the gateway's Redis to an application's health checks.</summary>
public static class ApiGatewayRedisHealthChecksBuilderExtensions
{
    private static readonly string[] Tags = ["ready"];

    /// <summary>Adds a check that is degraded while Redis does not answer. The gateway serves requests all the same.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddApiGatewayRedis(this IHealthChecksBuilder builder, string name = "api_gateway_redis")
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Add(new HealthCheckRegistration(
            name,
            static provider => ActivatorUtilities.CreateInstance<RedisHealthCheck>(provider),
            HealthStatus.Degraded,
            Tags));
    }
}
