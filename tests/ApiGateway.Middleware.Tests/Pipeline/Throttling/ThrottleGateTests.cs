using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.Pipeline.Throttling;

/// <summary>Which levels apply, in which order, and that all of them take or none does.</summary>
public sealed class ThrottleGateTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ThrottleBuckets _buckets;
    private readonly UsageCounters _usage = new();
    private readonly ThrottleGate _sut;

    public ThrottleGateTests()
    {
        _buckets = new ThrottleBuckets(_time);
        _sut = new ThrottleGate(new MemoryThrottleStore(_buckets, _usage));
    }

    [Fact]
    public void TryEnter_LevelsInOrder_FirstThatIsEmptyRefuses()
    {
        var (key, method, account) = (Limit("key", 1), Limit("method", 2), Limit("account", 3));

        Assert.Equal(ThrottleOutcome.Allowed, Enter(Route(method, account), Grant(key)));
        Assert.Equal(ThrottleOutcome.KeyThrottled, Enter(Route(method, account), Grant(key)));
        Assert.Equal(ThrottleOutcome.Allowed, Enter(Route(method, account), Grant(Limit("key 2", 1))));
        Assert.Equal(ThrottleOutcome.MethodThrottled, Enter(Route(method, account), Grant(Limit("key 3", 1))));
        Assert.Equal(ThrottleOutcome.Allowed, Enter(Route(null, account), null));
        Assert.Equal(ThrottleOutcome.AccountThrottled, Enter(Route(null, account), null));
    }

    [Fact]
    public void TryEnter_RefusedByALaterLevel_GivesBackWhatEarlierOnesTook()
    {
        var (key, method, account) = (Limit("key", 5), Limit("method", 5), Limit("account", 1));
        Enter(Route(method, account), Grant(key));

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(ThrottleOutcome.AccountThrottled, Enter(Route(method, account), Grant(key)));
        }

        Assert.Equal((4, 4, 0), (_buckets.TokensOf(key), _buckets.TokensOf(method), _buckets.TokensOf(account)));
    }

    [Fact]
    public void TryEnter_QuotaExceeded_TakesNoToken()
    {
        var (key, method, account) = (Limit("key", 5), Limit("method", 5), Limit("account", 5));
        var grant = Grant(key, quota: 2);

        var outcomes = Enumerable.Range(0, 50).Select(_ => Enter(Route(method, account), grant)).ToList();

        Assert.Equal([ThrottleOutcome.Allowed, ThrottleOutcome.Allowed], outcomes.Take(2));
        Assert.All(outcomes.Skip(2), static outcome => Assert.Equal(ThrottleOutcome.QuotaExceeded, outcome));
        Assert.Equal((3, 3, 3), (_buckets.TokensOf(key), _buckets.TokensOf(method), _buckets.TokensOf(account)));
    }

    [Fact]
    public void TryEnter_Throttled_DoesNotCountAgainstTheQuota()
    {
        var grant = Grant(Limit("key", 1), quota: 10);

        for (var i = 0; i < 5; i++)
        {
            Enter(Route(null, null), grant);
        }

        Assert.Equal(1, Assert.Single(_usage.Read(grant.Account, Today, Today, _time.GetUtcNow())).Used);
    }

    [Fact]
    public void TryEnter_LimitOfTheMethodInThePlan_TakesThePlaceOfThePlans()
    {
        var snapshot = Compiled.Snapshot(PlannedGateway.Create(static (_, plan, _) =>
        {
            plan.Throttle = new(0, 1);
            plan.ApiStages[0].Throttle["/orders/GET"] = new(0, 3);
        }));
        var (orders, root) = (Compiled.Route(snapshot, "/dev/orders").Route, Compiled.Route(snapshot, "/dev").Route);
        var grant = orders.ApiKey!.Keys.Find(PlannedGateway.Key, default);

        Assert.Equal([3, 1], new[] { orders, root }.Select(route => Enumerable.Range(0, 9).Count(_ => Enter(route, grant) == ThrottleOutcome.Allowed)));
    }

    [Fact]
    public void TryEnter_StagesOfAPlan_ShareItsLimit_AndMethodsOfStarDoNot()
    {
        var definition = PlannedGateway.Create(static (api, plan, _) =>
        {
            api.Stages["two"] = new("two") { MethodSettings = { ["*/*"] = new() { ThrottlingRateLimit = 0, ThrottlingBurstLimit = 4 } } };
            plan.AddStage("api", "two").Throttle = new(0, 10);
        });
        var snapshot = Compiled.Snapshot(definition);
        var grant = Compiled.Route(snapshot, "/dev/orders").Route.ApiKey!.Keys.Find(PlannedGateway.Key, default);
        var other = Compiled.Route(snapshot, "/two/orders").Route.ApiKey!.Keys.Find(PlannedGateway.Key, default);

        var (two, root, dev) = (Allowed(snapshot, "/two/orders", other, 9), Allowed(snapshot, "/two", other, 9), Allowed(snapshot, "/dev/orders", grant, 9));

        // Four for each method of the stage, and what is left of the key's ten for the other stage.
        Assert.Equal((4, 4, 2), (two, root, dev));
    }

    [Fact]
    public void TryEnter_InParallel_AdmitsWhatTheSmallestLevelHas_AndTheOthersLoseNoMore()
    {
        var (key, method, account) = (Limit("key", 3_000), Limit("method", 2_000), Limit("account", 1_000));
        var (route, grant) = (Route(method, account), Grant(key, quota: 900));
        var allowed = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (Enter(route, grant) == ThrottleOutcome.Allowed)
                {
                    Interlocked.Increment(ref allowed);
                }
            }
        })).ToList();

        workers.ForEach(static worker => worker.Start());
        workers.ForEach(static worker => worker.Join());

        Assert.Equal(900, allowed);
        Assert.Equal((2_100, 1_100, 100), (_buckets.TokensOf(key), _buckets.TokensOf(method), _buckets.TokensOf(account)));
    }

    private int Today => QuotaPeriods.DayOf(_time.GetUtcNow().UtcTicks);

    private static ThrottleLimit Limit(string name, int burst) => new(name, 0, burst);

    private static ApiKeyGrant Grant(ThrottleLimit? limit, long? quota = null) => new(
        new UsageAccount("plan", "key", quota is { } value ? new QuotaLimit(value, QuotaPeriod.Day, 0) : null), limit, null);

    private static RouteSnapshot Route(ThrottleLimit? method, ThrottleLimit? account)
    {
        var route = Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "GET /x")), "/dev/x").Route;
        return new RouteSnapshot
        {
            Stage = route.Stage,
            HttpMethod = route.HttpMethod,
            ResourcePath = route.ResourcePath,
            ResourceId = route.ResourceId,
            Key = route.Key,
            PathVariables = [],
            Integration = route.Integration,
            Throttling = new ThrottlingPlan(method, account),
        };
    }

    private int Allowed(GatewaySnapshot snapshot, string target, ApiKeyGrant? grant, int times) =>
        Enumerable.Range(0, times).Count(_ => Enter(Compiled.Route(snapshot, target).Route, grant) == ThrottleOutcome.Allowed);

    private ThrottleOutcome Enter(RouteSnapshot route, ApiKeyGrant? grant)
    {
        var request = new ThrottleRequest();
        var decision = _sut.TryEnterAsync(request, route, grant, _time.GetUtcNow());
        return decision.IsCompletedSuccessfully ? decision.Result : throw new InvalidOperationException("A store in memory does not wait.");
    }
}
