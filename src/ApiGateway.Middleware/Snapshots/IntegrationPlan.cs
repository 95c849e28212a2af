using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What the integration step does for a route.</summary>
internal abstract class IntegrationPlan(IntegrationKind kind, TimeSpan timeout)
{
    public IntegrationKind Kind { get; } = kind;

    public TimeSpan Timeout { get; } = timeout;
}
