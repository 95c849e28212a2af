using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An answer without a backend.</summary>
/// <param name="timeout">Not used: nothing is waited for.</param>
/// <param name="statusCodes">The status that the request template of each content type gives; empty without templates.</param>
internal sealed class MockIntegrationPlan(TimeSpan timeout, KeyValuePair<string, int>[] statusCodes)
    : IntegrationPlan(IntegrationKind.Mock, timeout)
{
    public KeyValuePair<string, int>[] StatusCodes { get; } = statusCodes;
}
