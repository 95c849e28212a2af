using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Usage;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Throttling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>A host on a real port: the APIs <c>orders</c> and <c>items</c>, one plan with both, a key.</summary>
internal sealed class LimitedHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private LimitedHost(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = Wait.Limit };
        _client.DefaultRequestHeaders.Add("x-api-key", "0123456789-0123456789");
    }

    public IServiceProvider Services => _app.Services;

    public RedisConnection Connection => Services.GetRequiredService<RedisConnection>();

    /// <summary>Gets what usage was last.</summary>
    public long Used { get; private set; }

    public HostCount Count => Services.GetRequiredService<HostCount>();

    public static async Task<LimitedHost> StartAsync(
        RedisServer server, double rate, int burst, long? quota = null, Action<RedisOptions>? configure = null,
        Action<RestApiBuilder>? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddApiGateway()
            .AddRestApi("orders", api =>
            {
                api.Map("GET /x", static method => method.Mock().RequireApiKey()).Stage("orders");
                limits?.Invoke(api);
            })
            .AddRestApi("items", static api => api.Map("GET /x", static method => method.Mock().RequireApiKey()).Stage("items"))
            .AddUsagePlan("gold", plan =>
            {
                plan.AddStage("orders", "orders").AddStage("items", "items").Throttle = new(rate, burst);
                plan.Quota = quota is null ? null : new() { Limit = quota, Period = QuotaPeriod.Day };
            })
            .AddApiKey("partner", static key =>
            {
                key.Value = "0123456789-0123456789";
                key.UsagePlans.Add("gold");
            })
            .AddRedis(options =>
            {
                options.Configuration = server.Configuration;
                configure?.Invoke(options);
            });
        var app = builder.Build();
        app.UseApiGateway();
        await app.StartAsync();
        return new LimitedHost(app);
    }

    public Task WhenUpAsync() => Wait.UntilAsync(() => Connection.IsUp);

    public Task WhenDownAsync() => Wait.UntilAsync(() => !Connection.IsUp);

    public async Task<HttpStatusCode> GetAsync(string api = "orders")
    {
        using var answer = await _client.GetAsync($"/{api}/x");
        return answer.StatusCode;
    }

    public async Task<string> GetTextAsync((string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/x");
        if (header is { } given)
        {
            request.Headers.Add(given.Name, given.Value);
        }

        using var answer = await _client.SendAsync(request);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    public async Task<int> ServedAsync(int times, string api = "orders")
    {
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            served += await GetAsync(api) == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }

    public async Task<UsageDay> UsageAsync()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return Assert.Single(await Services.GetRequiredService<IGatewayUsage>().GetAsync("gold", "partner", today, today));
    }

    /// <summary>Waits until usage is what it should be. The machine may be too busy for an answer in time.</summary>
    public Task WhenUsedAsync(Func<long, bool> isRight) => Wait.UntilAsync(async () =>
    {
        try
        {
            Used = (await UsageAsync()).Used;
            return isRight(Used);
        }
        catch (TimeoutException)
        {
            return false;
        }
    });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync().InTime();
        await _app.DisposeAsync();
    }
}
