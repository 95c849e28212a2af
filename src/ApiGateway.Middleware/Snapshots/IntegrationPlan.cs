using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What the integration step does for a route.</summary>
internal abstract class IntegrationPlan(Backend backend, TimeSpan timeout)
{
    protected IntegrationPlan(IntegrationKind kind, TimeSpan timeout)
        : this(BackendOf(kind), timeout) => Kind = kind;

    public Backend Backend { get; } = backend;

    /// <summary>Gets the kind in definitions, or <see langword="null"/> of what the gateway itself answers.</summary>
    public IntegrationKind? Kind { get; }

    public TimeSpan Timeout { get; } = timeout;

    private static Backend BackendOf(IntegrationKind kind) => kind switch
    {
        IntegrationKind.HttpProxy or IntegrationKind.Http => Backend.Http,
        IntegrationKind.InProcess => Backend.InProcess,
        IntegrationKind.AwsProxy => Backend.Lambda,
        IntegrationKind.Aws => Backend.Aws,
        _ => Backend.Mock,
    };
}
