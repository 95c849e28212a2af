using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The application answers.</summary>
/// <param name="timeout">How long it may take.</param>
/// <param name="handler">The named handler, or <see langword="null"/> for the rest of the pipeline.</param>
internal sealed class InProcessIntegrationPlan(TimeSpan timeout, RequestDelegate? handler)
    : IntegrationPlan(IntegrationKind.InProcess, timeout)
{
    public RequestDelegate? Handler { get; } = handler;
}
