using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class UsagePlanCompilerTests
{
    public static TheoryData<string, Action<GatewayDefinition>, string> Mistakes => new()
    {
        { "api", static d => d.UsagePlans[0].AddStage("ap", "dev"), "code: UsagePlans:gold:ApiStages:1:Api There is no REST or WebSocket API 'ap'. Did you mean 'api'? Known: api." },
        { "stage", static d => d.UsagePlans[0].AddStage("api", "def"), "code: UsagePlans:gold:ApiStages:1:Stage API 'api' has no stage 'def'. Did you mean 'dev'? Known: dev." },
        { "no api", static d => d.UsagePlans[0].AddStage("", "dev"), "code: UsagePlans:gold:ApiStages:1 A stage of a usage plan needs 'Api' (or 'ApiId') and 'Stage', but 'Api' is missing. Add it." },
        { "no stage", static d => d.UsagePlans[0].AddStage("api", ""), "code: UsagePlans:gold:ApiStages:1 A stage of a usage plan needs 'Api' (or 'ApiId') and 'Stage', but 'Stage' is missing. Add it." },
        { "stage twice", static d => d.UsagePlans[0].AddStage("api", "dev"), "code: UsagePlans:gold:ApiStages:1 The usage plan has stage 'dev' of API 'api' twice. Remove one of them." },
        { "plan twice", static d => d.UsagePlans.Add(new("gold")), "code: UsagePlans:gold Another usage plan has the id 'gold'. Rename or remove one of them." },
        { "plan id", static d => d.UsagePlans.Add(new("a\nb")), "The id of a usage plan has at most 1024 characters and no control characters." },
        { "method", static d => d.UsagePlans[0].ApiStages[0].Throttle["/order/GET"] = new(1, 1), "code: UsagePlans:gold:ApiStages:0:Throttle:/order/GET A limit is for '/path/METHOD', but API 'api' has no '/order/GET'. Did you mean '/orders/GET'? Known: /orders/GET, //ANY, /open/GET." },
        { "method twice", static d => (d.UsagePlans[0].ApiStages[0].Throttle["/orders/GET"], d.UsagePlans[0].ApiStages[0].Throttle["~1orders/GET"]) = (new(1, 1), new(2, 2)), "code: UsagePlans:gold:ApiStages:0:Throttle:~1orders/GET The method 'GET /orders' has two limits. Remove one of them." },
        { "rate", static d => d.UsagePlans[0].Throttle = new(-1, 1), "code: UsagePlans:gold:Throttle:RateLimit must be from 0 to 1000000000 requests per second, but is -1." },
        { "rate of nothing", static d => d.UsagePlans[0].Throttle = new(double.NaN, 1), "code: UsagePlans:gold:Throttle:RateLimit must be from 0 to 1000000000 requests per second, but is NaN." },
        { "burst", static d => d.UsagePlans[0].Throttle = new(1, -1), "code: UsagePlans:gold:Throttle:BurstLimit must be 0 or more requests, but is -1." },
        { "no burst", static d => d.UsagePlans[0].Throttle = new() { RateLimit = 1 }, "code: UsagePlans:gold:Throttle A throttle needs 'RateLimit' and 'BurstLimit', but 'BurstLimit' is missing. Add it." },
        { "no rate", static d => d.Throttle = new() { BurstLimit = 1 }, "code: Throttle A throttle needs 'RateLimit' and 'BurstLimit', but 'RateLimit' is missing. Add it." },
        { "quota", static d => d.UsagePlans[0].Quota = new() { Limit = -1, Period = QuotaPeriod.Day }, "code: UsagePlans:gold:Quota:Limit must be 0 or more requests, but is -1." },
        { "offset", static d => d.UsagePlans[0].Quota = new() { Limit = 5, Period = QuotaPeriod.Day, Offset = 6 }, "code: UsagePlans:gold:Quota:Offset must be from 0 to the quota's limit, 5, but is 6." },
        { "no period", static d => d.UsagePlans[0].Quota = new() { Limit = 5 }, "code: UsagePlans:gold:Quota A quota needs 'Limit' and 'Period', but 'Period' is missing. Add it." },
        { "no limit", static d => d.UsagePlans[0].Quota = new() { Period = QuotaPeriod.Day }, "code: UsagePlans:gold:Quota A quota needs 'Limit' and 'Period', but 'Limit' is missing. Add it." },
        { "no value", static d => d.ApiKeys[0].Value = null, "code: ApiKeys:partner:Value An API key needs a value. Add one of 20 to 128 characters." },
        { "short value", static d => d.ApiKeys[0].Value = new('x', 19), "code: ApiKeys:partner:Value API Key value should be at least 20 characters, but has 19." },
        { "long value", static d => d.ApiKeys[0].Value = new('x', 129), "code: ApiKeys:partner:Value API Key value exceeds maximum size of 128 characters: it has 129." },
        { "short previous value", static d => d.ApiKeys[0].PreviousValue = "x", "code: ApiKeys:partner:PreviousValue API Key value should be at least 20 characters, but has 1." },
        { "long name", static d => d.ApiKeys[0].Name = new('x', 1025), "code: ApiKeys:partner:Name Invalid API Key name, can be at most 1024 characters. Shorten it." },
        { "key twice", static d => d.ApiKeys.Add(new("partner")), "code: ApiKeys:partner Another API key has the id 'partner'. Rename or remove one of them." },
        { "plan", static d => d.ApiKeys[0].UsagePlans.Add("golf"), "code: ApiKeys:partner:UsagePlans There is no usage plan 'golf'. Did you mean 'gold'? Known: gold." },
        { "two plans of a stage", static d => AddPlan(d), "code: ApiKeys:partner:UsagePlans A key is in only one usage plan of a stage, but 'partner' is in 'gold' and 'silver' of stage 'dev' of API 'api'. Remove one of them." },
        { "two plans by one value", static d => AddTwin(d), "code: ApiKeys:twin A key is in only one usage plan of a stage, but 'twin' is in 'gold' and 'silver' of stage 'dev' of API 'api'. Remove one of them." },
        { "method setting", static d => Stage(d).MethodSettings["/orders/GTE"] = new(), "code: Apis:api:Stages:dev:MethodSettings:/orders/GTE A method setting is for '/path/METHOD' or '*/*', but the API has no '/orders/GTE'. Did you mean '/orders/GET'? Known: /orders/GET, //ANY, /open/GET, */*." },
        { "method setting twice", static d => (Stage(d).MethodSettings["/orders/GET"], Stage(d).MethodSettings["~1orders/GET"]) = (new(), new()), "code: Apis:api:Stages:dev:MethodSettings:~1orders/GET The method 'GET /orders' has two settings. Remove one of them." },
        { "method rate", static d => Stage(d).MethodSettings["*/*"] = new() { ThrottlingRateLimit = 2e9 }, "code: Apis:api:Stages:dev:MethodSettings:*/*:ThrottlingRateLimit must be from 0 to 1000000000 requests per second, but is 2000000000." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Compile_Mistake_IsToldWithItsPlace(string name, Action<GatewayDefinition> make, string expected)
    {
        var definition = PlannedGateway.Create();
        make(definition);

        var error = Assert.Single(Compiled.Errors(definition).Errors);

        Assert.True(error.ToString().EndsWith(expected, StringComparison.Ordinal), $"{name}: {error}");
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Compile_PlansOfAKey_AreLimited(int count, bool isValid)
    {
        var definition = PlannedGateway.Create(static (_, _, key) => key.UsagePlans.Clear());
        for (var i = 0; i < count; i++)
        {
            definition.UsagePlans.Add(new($"plan{i}"));
            definition.ApiKeys[0].UsagePlans.Add($"plan{i}");
        }

        Assert.Equal(isValid, Compiled.Errors(definition).Errors.Count == 0);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(128)]
    public void Compile_ValueOfLegalLength_IsFine(int length) =>
        Assert.Empty(Compiled.Errors(PlannedGateway.Create((_, _, key) => key.Value = new string('x', length))).Errors);

    [Fact]
    public void Compile_Errors_NeverHaveTheValue()
    {
        var definition = PlannedGateway.Create(static (_, _, key) => key.Value = "secret");
        definition.ApiKeys.Add(new ApiKeyDefinition("b") { Value = PlannedGateway.Key, PreviousValue = "secret", UsagePlans = { "none" } });
        definition.ApiKeys.Add(new ApiKeyDefinition("c") { Value = PlannedGateway.Key });

        var errors = Compiled.Errors(definition);

        Assert.NotEmpty(errors.Errors);
        Assert.All([.. errors.Errors, .. errors.Warnings], static error =>
        {
            Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(PlannedGateway.Key, error.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Compile_KeyRequiredWithoutAKey_IsAWarning()
    {
        var warning = Assert.Single(Compiled.Errors(PlannedGateway.Create(static (_, _, key) => key.Enabled = false)).Warnings);

        Assert.Equal(
            "code: Apis:api:Stages:dev 'GET /orders' requires an API key, but no enabled key is in a usage plan with stage 'dev' of API 'api', so every request is refused. Add one under 'ApiKeys'.",
            warning.ToString());
    }

    [Fact]
    public void Compile_ApiByIdOrName_IsFound()
    {
        Assert.Empty(Compiled.Errors(PlannedGateway.Create(static (api, _, _) => api.Id = "a1b2c3")).Errors);
        Assert.Empty(Compiled.Errors(PlannedGateway.Create(static (api, plan, _) =>
        {
            api.Id = "a1b2c3";
            plan.ApiStages.Clear();
            plan.AddStage("a1b2c3", "dev");
        })).Errors);
    }

    [Fact]
    public void Compile_WithoutLimitsAndKeys_RoutesHaveNoPlan()
    {
        var route = Compiled.Route(Compiled.Snapshot(PlannedGateway.Create()), "/dev/open").Route;

        Assert.Null(route.ApiKey);
        Assert.Null(route.Throttling);
    }

    [Fact]
    public void Compile_MethodSettings_OwnEntryTakesThePlaceOfTheGeneralOneAsAWhole()
    {
        var snapshot = Compiled.Snapshot(PlannedGateway.Create(static (api, _, _) =>
        {
            var settings = api.Stages["dev"].MethodSettings;
            settings["*/*"] = new() { ThrottlingRateLimit = 1, ThrottlingBurstLimit = 2 };
            settings["~1orders/GET"] = new() { ThrottlingRateLimit = 3 };
            settings["//ANY"] = new() { ThrottlingBurstLimit = 4 };
        }));

        Assert.Equal((3, 5_000), Limit("/dev/orders"));
        Assert.Equal((10_000, 4), Limit("/dev"));
        Assert.Equal((1, 2), Limit("/dev/open"));

        (double, int) Limit(string target) =>
            Compiled.Route(snapshot, target).Route.Throttling!.Method is { } limit ? (limit.RateLimit, limit.BurstLimit) : default;
    }

    [Fact]
    public void Compile_OwnEntryWithoutThrottle_HasNoLimit()
    {
        var snapshot = Compiled.Snapshot(PlannedGateway.Create(static (api, _, _) =>
        {
            api.Stages["dev"].MethodSettings["*/*"] = new() { ThrottlingRateLimit = 1, ThrottlingBurstLimit = 2 };
            api.Stages["dev"].MethodSettings["/open/GET"] = new();
        }));

        Assert.Null(Compiled.Route(snapshot, "/dev/open").Route.Throttling);
    }

    [Fact]
    public void Compile_KeyFromAuthorizerWithoutOne_IsAWarning() => Assert.Contains(
        Compiled.Errors(PlannedGateway.Create(static (api, _, _) => api.ApiKeySource = ApiKeySource.Authorizer)).Warnings,
        static warning => warning.Message.Contains("'ApiKeySource' is AUTHORIZER", StringComparison.Ordinal));

    private static StageDefinition Stage(GatewayDefinition definition) => definition.Apis[0].Stages["dev"];

    private static void AddPlan(GatewayDefinition definition)
    {
        definition.UsagePlans.Add(new UsagePlanDefinition("silver").AddStage("api", "dev"));
        definition.ApiKeys[0].UsagePlans.Add("silver");
    }

    private static void AddTwin(GatewayDefinition definition)
    {
        definition.UsagePlans.Add(new UsagePlanDefinition("silver").AddStage("api", "dev"));
        definition.ApiKeys.Add(new ApiKeyDefinition("twin") { Value = PlannedGateway.Key, UsagePlans = { "silver" } });
    }
}
