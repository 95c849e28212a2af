using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A Lambda function that gets what the mappings say (<c>AWS</c>).</summary>
internal sealed class AwsFunctionPlan(TimeSpan timeout) : IntegrationPlan(IntegrationKind.Aws, timeout)
{
    /// <summary>Gets the function, or <see langword="null"/> if there is none to call: every request then fails with 500.</summary>
    public required LambdaFunctionName? Function { get; init; }

    /// <summary>Gets whether headers follow Amazon API Gateway (trace id).</summary>
    public required bool IsAws { get; init; }
}
