using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Asks a Lambda function or another AWS service for what the mappings say (<c>AWS</c>).</summary>
internal sealed class AwsIntegration(AwsFunctionIntegration functions, AwsServiceIntegration services) : IIntegration
{
    public Task InvokeAsync(GatewayContext context) => context.Route.Integration is AwsFunctionPlan plan
        ? functions.InvokeAsync(context, plan)
        : services.InvokeAsync(context, (AwsServicePlan)context.Route.Integration);
}
