using ApiGateway.Middleware.Compilation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Unhealthy without a definition in force; degraded while the newest one is refused; else healthy.</summary>
internal sealed class ApiGatewayHealthCheck(DefinitionPublisher publisher) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!publisher.IsPublished)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("No gateway definition is in force."));
        }

        var errors = publisher.LastErrors;
        if (errors.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy("The newest gateway definition is in force."));
        }

        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["errors"] = errors.Select(static error => error.ToString()).ToArray() };
        return Task.FromResult(HealthCheckResult.Degraded("The newest gateway definition was refused; an older one is in force.", data: data));
    }
}
