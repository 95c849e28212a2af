using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.ApiKeys;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.State;
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
    public void Invoke_MethodWithoutPlan_AllocatesNothing() => Assert.Equal(0, BytesOf(PlannedGateway.Create(), "/dev/open"));

    private static double BytesOf(GatewayDefinition definition, string target)
    {
        var context = Compiled.Route(Compiled.Snapshot(definition), target);
        context.Http.Request.Headers["X-Api-Key"] = PlannedGateway.Key;
        var passed = 0;
        var store = new MemoryThrottleStore(TimeProvider.System);
        var throttling = new ThrottlingMiddleware(
            _ =>
            {
                passed++;
                return Task.CompletedTask;
            },
            null!, new ThrottleGate(store), new RateLimiter(store, null!), NullLogger<ThrottlingMiddleware>.Instance);
        var sut = new ApiKeyMiddleware(throttling.InvokeAsync, null!);

        var bytes = AllocatedBytes.PerCall(() => Assert.True(sut.InvokeAsync(context).IsCompletedSuccessfully));

        Assert.True(passed > 10_000);
        return bytes;
    }
}
