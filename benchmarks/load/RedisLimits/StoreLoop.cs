using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Hosting;

namespace RedisLimits;

/// <summary>The store that asks Redis for each request.</summary>
internal sealed class StoreLoop : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IThrottleStore _store;
    private readonly ThrottleRequest[] _requests =
        [.. Enumerable.Range(0, Limits.InFlight).Select(static _ => Limits.Request(TimeProvider.System))];

    private StoreLoop(ServiceProvider services) => (_services, _store) = (services, services.GetRequiredService<IThrottleStore>());

    public IThrottleStore Store => _store;

    public static async Task<StoreLoop> CreateAsync(string server, RedisMode mode = RedisMode.Exact)
    {
        var services = new ServiceCollection();
        services.AddApiGateway().AddRedis(options =>
        {
            (options.Configuration, options.Mode, options.OnFailure) = (server, mode, RedisFailureMode.Closed);
            options.Timeout = TimeSpan.FromSeconds(1);
        });
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>().Where(static hosted => hosted.GetType().Namespace!.Contains("Redis", StringComparison.Ordinal)))
        {
            await hosted.StartAsync(default);
        }

        return new StoreLoop(provider);
    }

    public Task<double> RunAsync(TimeSpan duration) => Flight.RunAsync(duration, async worker =>
    {
        var request = _requests[worker];
        Limits.Fill(request);
        if ((await _store.TryEnterAsync(request)).Decision != ThrottleDecision.Allowed)
        {
            throw new InvalidOperationException("A request was refused.");
        }
    });

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
