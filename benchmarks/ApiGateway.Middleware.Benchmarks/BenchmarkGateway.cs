using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Benchmarks;

/// <summary>A gateway with its definition in force, without a server.</summary>
internal static class BenchmarkGateway
{
    public static ServiceProvider Create(Action<RestApiBuilder> configure) => Create(static _ => { }, configure);

    public static ServiceProvider Create(Action<IApiGatewayBuilder> extend, Action<RestApiBuilder> configure) => CreateOf(gateway =>
    {
        gateway.AddRestApi("benchmark", configure);
        extend(gateway);
    });

    /// <summary>Makes a gateway with APIs of any kind.</summary>
    public static ServiceProvider CreateOf(Action<IApiGatewayBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddApiGateway());
        services.AddLogging(static logging => logging.ClearProviders());
        var provider = services.BuildServiceProvider();
        var errors = provider.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None).GetAwaiter().GetResult();
        return errors.Count == 0 ? provider : throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }
}
