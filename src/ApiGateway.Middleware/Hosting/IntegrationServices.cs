using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.InProcess;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Integrations.Mock;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>What carries out the integrations of each kind; the last step finds them by that.</summary>
internal static class IntegrationServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<HttpIntegration>();
        services.TryAddSingleton<InProcessIntegration>();
        services.TryAddSingleton<MockIntegration>();
        services.TryAddSingleton<MessageHandlerIntegration>();
        Add<HttpIntegration>(services, Backend.Http);
        Add<InProcessIntegration>(services, Backend.InProcess);
        Add<LambdaIntegration>(services, Backend.Lambda);
        Add<AwsIntegration>(services, Backend.Aws);
        Add<MockIntegration>(services, Backend.Mock);
        Add<MessageHandlerIntegration>(services, Backend.MessageHandler);
        Add<ConnectIntegration>(services, Backend.Connect);
        Add<ConnectionsIntegration>(services, Backend.Connections);
    }

    private static void Add<TIntegration>(IServiceCollection services, Backend backend)
        where TIntegration : class, IIntegration =>
        services.TryAddKeyedSingleton<IIntegration>(backend, static (provider, _) => provider.GetRequiredService<TIntegration>());
}
