using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>The services of one host without its web server: what a node of a cluster has.</summary>
internal sealed class RedisClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RedisClient(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    public RedisConnection Connection => _services.GetRequiredService<RedisConnection>();

    /// <summary>Makes a node that has not begun to connect.</summary>
    public static RedisClient Create(string configuration, Action<RedisOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services?.Invoke(collection);
        collection.AddApiGateway().AddRedis(options =>
        {
            options.Configuration = configuration;

            // Machines that run tests are busy; what a test says of time-outs it sets itself.
            options.Timeout = TimeSpan.FromSeconds(2);
            configure?.Invoke(options);
        });
        return new RedisClient(collection.BuildServiceProvider());
    }

    /// <summary>Makes a node and waits until it is connected.</summary>
    public static async Task<RedisClient> ConnectAsync(
        RedisServer server, Action<RedisOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var client = Create(server.Configuration, configure, services);
        client.Connection.Start();
        await client.WhenUpAsync();
        return client;
    }

    public async Task WhenUpAsync()
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Connection.WhenUp(() => up.TrySetResult());
        await up.Task.InTime();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
