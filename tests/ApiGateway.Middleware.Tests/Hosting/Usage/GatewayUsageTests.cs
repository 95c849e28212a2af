using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Hosting.Usage;

public sealed class GatewayUsageTests
{
    private static readonly DateOnly Today = new(2026, 1, 2);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Get_AfterRequests_TellsUsedAndRemaining()
    {
        await using var services = await ServicesAsync();
        var sut = services.GetRequiredService<IGatewayUsage>();
        await SendAsync(services, 7);
        _time.Advance(TimeSpan.FromDays(1));
        await SendAsync(services, 1);

        var days = await sut.GetAsync("gold", "partner", Today, Today.AddDays(30));

        Assert.Equal([new UsageDay(Today, 5, 0), new UsageDay(Today.AddDays(1), 1, 4)], days);
        Assert.Equal(days, (await sut.GetAsync("gold", Today, Today.AddDays(1)))["partner"]);
    }

    [Fact]
    public async Task SetRemaining_ExhaustedQuota_LetsMoreIn()
    {
        await using var services = await ServicesAsync();
        var sut = services.GetRequiredService<IGatewayUsage>();
        Assert.Equal(5, await SendAsync(services, 9));

        await sut.SetRemainingAsync("gold", "partner", 2);

        Assert.Equal(2, Assert.Single(await sut.GetAsync("gold", "partner", Today, Today)).Remaining);
        Assert.Equal(2, await SendAsync(services, 9));
    }

    [Fact]
    public async Task Any_UnknownNames_Throw()
    {
        await using var services = await ServicesAsync();
        var sut = services.GetRequiredService<IGatewayUsage>();

        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await sut.GetAsync("silver", Today, Today));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await sut.GetAsync("gold", "other", Today, Today));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await sut.SetRemainingAsync("gold", "other", 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sut.SetRemainingAsync("gold", "partner", -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sut.GetAsync("gold", "partner", Today, Today.AddDays(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sut.GetAsync("gold", "partner", Today, Today.AddDays(94)));
        Assert.Empty(await sut.GetAsync("gold", "partner", Today.AddDays(1), Today.AddDays(1)));
    }

    [Fact]
    public async Task SetRemaining_NoQuota_Throws()
    {
        await using var services = await ServicesAsync(hasQuota: false);
        var sut = services.GetRequiredService<IGatewayUsage>();
        await SendAsync(services, 3);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sut.SetRemainingAsync("gold", "partner", 1));
        Assert.Equal([new UsageDay(Today, 3, null)], await sut.GetAsync("gold", "partner", Today, Today));
    }

    private Task<ServiceProvider> ServicesAsync(bool hasQuota = true) => TestGateway.ServicesAsync(gateway =>
    {
        gateway.Services.AddSingleton<TimeProvider>(_time);
        gateway.AddRestApi("api", static api => api.Map("GET /x", static method => method.Mock().RequireApiKey()).Stage("dev"))
            .AddUsagePlan("gold", plan => plan.AddStage("api", "dev").Quota = hasQuota ? PlannedGateway.Quota(5) : null)
            .AddApiKey("partner", static key =>
            {
                key.Value = PlannedGateway.Key;
                key.UsagePlans.Add("gold");
            });
    });

    private static async Task<int> SendAsync(ServiceProvider services, int times)
    {
        var app = new ApplicationBuilder(services);
        app.UseApiGateway();
        app.Run(static _ => Task.CompletedTask);
        var gateway = app.Build();
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            var request = new TestRequest("/dev/x");
            request.Http.Request.Headers["x-api-key"] = PlannedGateway.Key;
            await gateway(request.Http);
            served += request.Http.Response.StatusCode == StatusCodes.Status200OK ? 1 : 0;
        }

        return served;
    }
}
