using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Asks a Lambda function or another AWS service for what the mappings say (<c>AWS</c>), or for an action by name.</summary>
internal sealed class AwsIntegration(
    AwsFunctionIntegration functions, AwsServiceIntegration services, ServiceActionIntegration actions) : IIntegration
{
    public Task InvokeAsync(GatewayContext context) => context.Route.Integration switch
    {
        AwsFunctionPlan plan => functions.InvokeAsync(context, plan),
        ServiceActionPlan plan => actions.InvokeAsync(context, plan),
        var plan => services.InvokeAsync(context, (AwsServicePlan)plan),
    };
}
