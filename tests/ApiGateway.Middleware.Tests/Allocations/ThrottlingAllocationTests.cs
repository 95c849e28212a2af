using System.Diagnostics.Metrics;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.ApiKeys;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class ThrottlingAllocationTests
{
    [Fact]
    public void Invoke_KeyWithFourLevelsAndQuota_AllocatesNothing()
    {
        var definition = PlannedGateway.Create(static (api, plan, _) =>
        {
            plan.ApiStages[0].Throttle["/orders/GET"] = new(1e9, int.MaxValue);
            plan.Throttle = new(1e9, int.MaxValue);
            plan.Quota = PlannedGateway.Quota(int.MaxValue, QuotaPeriod.Month);
            api.Stages["dev"].MethodSettings["*/*"] = new() { ThrottlingRateLimit = 1e9 };
        });
        definition.Throttle = new ThrottleDefinition(1e9, int.MaxValue);

        Assert.Equal(0, BytesOf(definition, "/dev/orders"));
        Assert.Equal(0, BytesOf(definition, "/dev"));
        Assert.Equal(0, BytesOf(definition, "/dev/open"));
    }

    [Fact]
    public void Invoke_LimitsByCaller_AllocateNothing()
    {
        var definition = PlannedGateway.Create(static (api, plan, _) =>
        {
            plan.Throttle = new(1e9, int.MaxValue);
            plan.Quota = PlannedGateway.Quota(int.MaxValue, QuotaPeriod.Month);
            api.Stages["dev"].MethodSettings["*/*"] = new() { ThrottlingRateLimit = 1e9 };
            api.RateLimits["tenant"] = ByCaller("header:X-Tenant", "ip/24");
            api.RateLimits["key"] = ByCaller("$context.identity.apiKeyId");
            api.RateLimits["principal"] = ByCaller("principal");
            api.Stages["dev"].RateLimits["all"] = ByCaller();
            api.Methods[0].RateLimits["address"] = ByCaller("ip");
            api.Methods[0].RateLimits["at-once"] = new() { Key = { "ip" }, ConcurrencyLimit = int.MaxValue, Headers = false };
            api.Methods[0].RateLimits["dry"] = new() { Key = { "ip" }, RateLimit = 1e-3, BurstLimit = 1, DryRun = true };
            api.Methods[0].RateLimits["cost"] = new() { RateLimit = 1e9, BurstLimit = int.MaxValue, Cost = "header:X-Cost", Headers = false };
            api.Methods[0].RateLimits["tokens"] = new() { RateLimit = 1e9, BurstLimit = int.MaxValue, Cost = "response:header:X-Tokens-Used", Headers = false };
        });
        definition.Throttle = new ThrottleDefinition(1e9, int.MaxValue);

        Assert.Equal(0, BytesOf(definition, "/dev/orders"));

        static RateLimitDefinition ByCaller(params string[] key)
        {
            var limit = new RateLimitDefinition { RateLimit = 1e9, BurstLimit = int.MaxValue, Headers = false };
            Array.ForEach(key, limit.Key.Add);
            return limit;
        }
    }

    [Fact]
    public void Invoke_LimitThatIsTold_AllocatesItsText()
    {
        var definition = PlannedGateway.Create(static (api, _, _) =>
            api.RateLimits["tenant"] = new() { Key = { "header:X-Tenant" }, RateLimit = 1e9, BurstLimit = 1_000_000 });

        // A string of 26 or 27 characters: "tenant";r=999999;t=1 and less.
        var bytes = BytesOf(definition, "/dev/open");

        Assert.True(bytes is > 0 and <= 88, $"{bytes} bytes");
    }

    [Fact]
    public void Invoke_MethodWithoutPlan_AllocatesNothing() => Assert.Equal(0, BytesOf(PlannedGateway.Create(), "/dev/open"));

    private static double BytesOf(GatewayDefinition definition, string target)
    {
        var context = Compiled.Route(Compiled.Snapshot(definition), target);
        context.Http.Request.Headers["X-Api-Key"] = PlannedGateway.Key;
        context.Http.Request.Headers["X-Tenant"] = "a tenant";
        context.Http.Request.Headers["X-Cost"] = "3";
        context.Http.Response.Headers["X-Tokens-Used"] = "250";
        var passed = 0;
        var store = new MemoryThrottleStore(TimeProvider.System);
        using var provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new GatewayMetrics(provider.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var throttling = new ThrottlingMiddleware(
            _ =>
            {
                passed++;
                return Task.CompletedTask;
            },
            null!, new ThrottleGate(store), new RateLimiter(store, metrics), NullLogger<ThrottlingMiddleware>.Instance);
        var sut = new ApiKeyMiddleware(throttling.InvokeAsync, null!);

        var bytes = AllocatedBytes.PerCall(() =>
        {
            Assert.True(sut.InvokeAsync(context).IsCompletedSuccessfully);
            context.AtEnd?.Ended(context);
        });

        Assert.True(passed > 10_000);
        return bytes;
    }
}
