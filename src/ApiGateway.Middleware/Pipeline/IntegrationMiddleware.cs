using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>Asks the backend that the route's plan names. The last step.</summary>
/// <param name="integrations">What carries out a plan, by the number of its <see cref="Backend"/>.</param>
internal sealed class IntegrationMiddleware(IIntegration[] integrations)
{
    public Task InvokeAsync(GatewayContext context) => integrations[(int)context.Route.Integration.Backend].InvokeAsync(context);
}
