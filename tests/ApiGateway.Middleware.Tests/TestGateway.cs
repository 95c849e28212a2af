using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests;

/// <summary>An application with the gateway, as a request delegate: no server, no host.</summary>
internal static class TestGateway
{
    /// <summary>Builds the pipeline <c>UseApiGateway(); Run(terminal)</c> with its first definition in force.</summary>
    public static async Task<RequestDelegate> BuildAsync(Action<IApiGatewayBuilder> configure, RequestDelegate terminal)
    {
        var app = new ApplicationBuilder(await ServicesAsync(configure));
        app.UseApiGateway();
        app.Run(terminal);
        return app.Build();
    }

    /// <summary>The services of a gateway whose first definition is in force.</summary>
    public static async Task<ServiceProvider> ServicesAsync(
        Action<IApiGatewayBuilder> configure, params KeyValuePair<string, string?>[] settings)
    {
        var services = Services(configure, settings);
        Assert.Empty(await services.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None));
        return services;
    }

    public static ServiceProvider Services(Action<IApiGatewayBuilder> configure, params KeyValuePair<string, string?>[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        configure(services.AddApiGateway());
        return services.BuildServiceProvider();
    }
}
