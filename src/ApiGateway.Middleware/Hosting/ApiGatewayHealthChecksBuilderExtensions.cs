using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds the gateway to an application's health checks.</summary>
public static class ApiGatewayHealthChecksBuilderExtensions
{
    private static readonly string[] Tags = ["ready"];

    /// <summary>Adds a check that is degraded while a changed definition is refused. Its data <c>errors</c> tell why.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddApiGateway(this IHealthChecksBuilder builder, string name = "api_gateway")
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Add(new HealthCheckRegistration(
            name,
            static provider => ActivatorUtilities.CreateInstance<ApiGatewayHealthCheck>(provider),
            HealthStatus.Unhealthy,
            Tags));
    }
}
