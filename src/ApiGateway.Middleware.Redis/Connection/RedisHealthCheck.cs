using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>Tells whether Redis answers, without asking it.</summary>
internal sealed class RedisHealthCheck(RedisConnection connection) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(connection.IsUp
            ? HealthCheckResult.Healthy("Redis answers.")
            : new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer; requests go on without it."));
}
