using System.Net;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Caching;
using ApiGateway.Middleware.Redis.Caching;
using ApiGateway.Middleware.Redis.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>A host on a real port with one cached API, whose backend answers with a new number each time.</summary>
internal sealed class CachingHost : IAsyncDisposable
{
    /// <summary>What the backend has for the caller, to be found by nobody else.</summary>
    public const string Secret = "the-answer-of-the-backend";

    private const string Name = "shop.example";

    private readonly WebApplication _app;
    private long _calls;

    private CachingHost(RedisServer server, Action<RedisOptions>? configure, Action<RestApiBuilder>? api)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));

        // 32 zero bytes.
        builder.Configuration["ApiGateway:Cache:EncryptionKey"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        builder.Services.AddApiGateway()
            .AddHandler("products", Answer)
            .AddRestApi("shop", shop =>
            {
                shop.Map("GET /products/{id}", static method => method.InProcess("products"));
                shop.Stage("prod").Cache("prod", configure: static setting => setting.RequireAuthorizationForCacheControl = false);
                api?.Invoke(shop);
            })
            .AddRedis(options =>
            {
                options.Configuration = server.Configuration;
                options.Timeout = TimeSpan.FromSeconds(2);
                configure?.Invoke(options);
            });
        _app = builder.Build();
        _app.UseApiGateway();
    }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Wait.Limit };

    public IServiceProvider Services => _app.Services;

    /// <summary>Gets the address of clients.</summary>
    public static string Origin => $"http://{Name}";

    public IGatewayCache Cache => Services.GetRequiredService<IGatewayCache>();

    /// <summary>Gets how often the backend was asked.</summary>
    public long Calls => Volatile.Read(ref _calls);

    public static async Task<CachingHost> StartAsync(
        RedisServer server, Action<RedisOptions>? configure = null, Action<RestApiBuilder>? api = null)
    {
        var host = new CachingHost(server, configure, api);
        await host._app.StartAsync();
        host.Client.BaseAddress = new Uri(host._app.Urls.First());
        return host;
    }

    /// <summary>Waits until the host hears what others tell it.</summary>
    public Task WhenListeningAsync()
    {
        var store = (TwoLevelResponseCacheStore)Services.GetRequiredService<Contracts.IResponseCacheStore>();
        return Wait.UntilAsync(() => store.IsListening);
    }

    public async Task<string> GetAsync(string target, string? cacheControl = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);

        // Hosts behind one balancer: the name that clients use is part of what is cached.
        request.Headers.Host = Name;
        if (cacheControl is not null)
        {
            request.Headers.Add("Cache-Control", cacheControl);
        }

        using var response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private Task Answer(HttpContext http) => http.Response.WriteAsync($"{http.Request.Path} {Secret} {Guid.NewGuid()} {Interlocked.Increment(ref _calls)}");
}
