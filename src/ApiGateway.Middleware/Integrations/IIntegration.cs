using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations;

/// <summary>Asks one kind of backend and answers the client.</summary>
internal interface IIntegration
{
    Task InvokeAsync(GatewayContext context);
}
