using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.InProcess;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Integrations.Mock;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>Asks the backend that the route's plan names. The last step.</summary>
internal sealed class IntegrationMiddleware(
    HttpIntegration http, InProcessIntegration inProcess, LambdaIntegration lambda, AwsIntegration aws, MockIntegration mock)
{
    // By IntegrationKind.
    private readonly IIntegration[] _integrations = ByKind(http, inProcess, lambda, aws, mock);

    public Task InvokeAsync(GatewayContext context) =>
        _integrations[(int)context.Route.Integration.Kind].InvokeAsync(context);

    private static IIntegration[] ByKind(
        HttpIntegration http, InProcessIntegration inProcess, LambdaIntegration lambda, AwsIntegration aws, MockIntegration mock)
    {
        var integrations = new IIntegration[Enum.GetValues<IntegrationKind>().Length];
        integrations[(int)IntegrationKind.HttpProxy] = http;
        integrations[(int)IntegrationKind.Http] = http;
        integrations[(int)IntegrationKind.InProcess] = inProcess;
        integrations[(int)IntegrationKind.AwsProxy] = lambda;
        integrations[(int)IntegrationKind.Aws] = aws;
        integrations[(int)IntegrationKind.Mock] = mock;
        return integrations;
    }
}
