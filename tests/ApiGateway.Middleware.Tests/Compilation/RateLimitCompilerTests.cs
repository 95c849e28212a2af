using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>Which limits by caller a method has, and what is wrong with some.</summary>
public sealed class RateLimitCompilerTests
{
    private const string KeyError =
        "code: Apis:api:RateLimits:a:Key must be 'principal', 'claim:NAME', 'header:NAME', 'ip', 'ip/24' (0 to 32), 'ip/24/64' (of IPv6 0 to 128) or '$context.NAME', but is ";

    public static TheoryData<Action<RateLimitDefinition>, string> Mistakes => new()
    {
        { static limit => limit.RateLimit = null, "code: Apis:api:RateLimits:a A rate limit needs 'RateLimit' and 'BurstLimit', or 'ConcurrencyLimit', but 'RateLimit' is missing." },
        { static limit => limit.BurstLimit = null, "code: Apis:api:RateLimits:a A rate limit needs 'RateLimit' and 'BurstLimit', or 'ConcurrencyLimit', but 'BurstLimit' is missing." },
        { static limit => (limit.RateLimit, limit.BurstLimit) = (null, null), "code: Apis:api:RateLimits:a A rate limit needs 'RateLimit' and 'BurstLimit', or 'ConcurrencyLimit', but all are missing." },
        { static limit => limit.RateLimit = 0, "code: Apis:api:RateLimits:a:RateLimit must be above 0 and at most 1000000000 tokens per second, but is 0." },
        { static limit => limit.RateLimit = double.NaN, "code: Apis:api:RateLimits:a:RateLimit must be above 0 and at most 1000000000 tokens per second, but is NaN." },
        { static limit => limit.BurstLimit = 0, "code: Apis:api:RateLimits:a:BurstLimit must be 1 or more tokens, but is 0." },
        { static limit => limit.ConcurrencyLimit = 1, "code: Apis:api:RateLimits:a 'ConcurrencyLimit' goes without 'RateLimit', 'BurstLimit' and 'Cost'. Make two limits of them; both apply." },
        { static limit => (limit.ConcurrencyLimit, limit.RateLimit, limit.BurstLimit) = (0, null, null), "code: Apis:api:RateLimits:a:ConcurrencyLimit must be 1 or more requests, but is 0." },
        { static limit => limit.Cost = "0", "code: Apis:api:RateLimits:a:Cost must be from 1 to 'BurstLimit' (5), 'header:NAME' or 'response:header:NAME', but is '0'." },
        { static limit => limit.Cost = "6", "code: Apis:api:RateLimits:a:Cost must be from 1 to 'BurstLimit' (5), 'header:NAME' or 'response:header:NAME', but is '6'." },
        { static limit => limit.Cost = "header:", "code: Apis:api:RateLimits:a:Cost must be from 1 to 'BurstLimit' (5), 'header:NAME' or 'response:header:NAME', but is 'header:'." },
        { static limit => limit.Cost = "response:x", "code: Apis:api:RateLimits:a:Cost must be from 1 to 'BurstLimit' (5), 'header:NAME' or 'response:header:NAME', but is 'response:x'." },
        { static limit => limit.Key.Add("principle"), KeyError + "'principle'. Did you mean 'principal'?" },
        { static limit => limit.Key.Add("headr:X-Tenant"), KeyError + "'headr:X-Tenant'. Did you mean 'header:'?" },
        { static limit => limit.Key.Add("claims:sub"), KeyError + "'claims:sub'. Did you mean 'claim:'?" },
        { static limit => limit.Key.Add("header:X Tenant"), KeyError + "'header:X Tenant'. Did you mean 'header:'?" },
        { static limit => limit.Key.Add("ip/33"), KeyError + "'ip/33'. Did you mean 'ip'?" },
        { static limit => limit.Key.Add("ip/24/129"), KeyError + "'ip/24/129'. Did you mean 'ip'?" },
        { static limit => limit.Key.Add("ip/-1"), KeyError + "'ip/-1'. Did you mean 'ip'?" },
        { static limit => limit.Key.Add("somebody"), KeyError + "'somebody'." },
        { static limit => Array.ForEach(["ip", "ip/32"], limit.Key.Add), "code: Apis:api:RateLimits:a:Key has 'ip/32' twice. Remove one of them." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Compile_Mistake_IsToldOnceWithItsPlace(Action<RateLimitDefinition> make, string expected)
    {
        // Two methods and two stages: four times the same limit.
        var api = Compiled.Mocks("api", "GET /a", "GET /b");
        api.Stages["prod"] = new StageDefinition("prod");
        make(api.RateLimits["a"] = new RateLimitDefinition { RateLimit = 1, BurstLimit = 5 });

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.Equal(expected, error.ToString());
    }

    [Fact]
    public void Compile_MistakeOfAMethod_IsToldOnceForAllStages()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Stages["prod"] = new StageDefinition("prod");
        api.Methods[0].RateLimits["a b"] = new RateLimitDefinition { RateLimit = 1, BurstLimit = 5 };

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.Equal(
            "code: Apis:api:Routes:GET /a:RateLimits:a b The name of a rate limit is 1 to 64 letters, digits, hyphens, underscores and dots, but is 'a b'.",
            error.ToString());
    }

    [Fact]
    public void Compile_ThreeLevels_AreStacked_AndTheNarrowerOneOfANameCounts()
    {
        var api = Compiled.Mocks("api", "GET /a", "GET /b");
        api.RateLimits["one"] = Limit(1);
        api.RateLimits["two"] = Limit(2);
        api.RateLimits["off"] = Limit(9);
        api.Stages["dev"].RateLimits["two"] = Limit(3);
        api.Stages["dev"].RateLimits["three"] = Limit(4);
        api.Methods[1].RateLimits["three"] = Limit(5);
        api.Methods[1].RateLimits["off"] = new RateLimitDefinition { Enabled = false };
        api.Stages["prod"] = new StageDefinition("prod");

        var snapshot = Compiled.Snapshot(api);

        Assert.Equal(["one 1", "off 9", "two 3", "three 4"], Of(snapshot, "/dev/a").Limits.Select(Text));
        Assert.Equal(["one 1", "two 3", "three 5"], Of(snapshot, "/dev/b").Limits.Select(Text));
        Assert.Equal(["one 1", "two 2", "off 9"], Of(snapshot, "/prod/a").Limits.Select(Text));

        // An API's counts all stages together, a stage's all methods.
        Assert.Same(Find(snapshot, "/dev/a", "one").Limit, Find(snapshot, "/prod/b", "one").Limit);
        Assert.Same(Find(snapshot, "/dev/a", "two").Limit, Find(snapshot, "/dev/b", "two").Limit);
        Assert.NotEqual(Find(snapshot, "/dev/a", "two").Limit.Name, Find(snapshot, "/prod/a", "two").Limit.Name);
        Assert.NotEqual(Find(snapshot, "/dev/a", "three").Limit.Name, Find(snapshot, "/dev/b", "three").Limit.Name);

        static string Text(RateLimitPlan limit) => $"{limit.Name} {limit.Limit.BurstLimit}";
    }

    [Fact]
    public void Compile_MethodWithoutLimits_HasNoPlan() => Assert.Null(Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), "/dev/a").Route.Throttling);

    [Fact]
    public void Compile_AllLimitsOff_HasNoPlan()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.RateLimits["a"] = Limit(1);
        api.Methods[0].RateLimits["a"] = new RateLimitDefinition { Enabled = false };

        Assert.Null(Compiled.Route(Compiled.Snapshot(api), "/dev/a").Route.Throttling);
    }

    [Fact]
    public void Compile_Policy_TellsOfThoseThatAreTold()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.RateLimits["minute"] = new RateLimitDefinition { RateLimit = 0.5, BurstLimit = 31 };
        api.RateLimits["quiet"] = new RateLimitDefinition { RateLimit = 1, BurstLimit = 1, Headers = false };
        api.RateLimits["dry"] = new RateLimitDefinition { RateLimit = 1, BurstLimit = 1, DryRun = true };
        api.RateLimits["at-once"] = new RateLimitDefinition { ConcurrencyLimit = 4 };

        var plans = Of(Compiled.Snapshot(api), "/dev/a");

        Assert.Equal("\"at-once\";q=4;qu=\"concurrent-requests\", \"minute\";q=31;w=62", string.Join(", ", plans.Policy!.Split(", ").Order()));
        Assert.True(plans.HasEnd);
    }

    [Theory]
    [InlineData("principal", "Principal", "", 0, 0)]
    [InlineData("claim:sub", "Claim", "sub", 0, 0)]
    [InlineData("$context.authorizer.claims.custom:x", "Claim", "custom:x", 0, 0)]
    [InlineData("$context.authorizer.principalId", "PrincipalId", "", 0, 0)]
    [InlineData("header:X-Tenant", "Header", "X-Tenant", 0, 0)]
    [InlineData("ip", "Address", "", 32, 64)]
    [InlineData("ip/24", "Address", "", 24, 64)]
    [InlineData("ip/0/128", "Address", "", 0, 128)]
    [InlineData("$context.identity.sourceIp", "Address", "", 32, 128)]
    [InlineData("$context.identity.apiKeyId", "Context", "identity.apiKeyId", 0, 0)]
    public void Compile_Key_IsReadOnce(string text, string place, string name, int v4, int v6)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.RateLimits["a"] = Limit(1);
        api.RateLimits["a"].Key.Add(text);

        var part = Assert.Single(Find(Compiled.Snapshot(api), "/dev/a", "a").Key);

        Assert.Equal(new LimitKeyPart(Enum.Parse<LimitKeyPlace>(place), name, v4, v6), part);
    }

    private static RateLimitDefinition Limit(int burst) => new() { RateLimit = 1, BurstLimit = burst };

    private static RateLimitPlans Of(GatewaySnapshot snapshot, string target) => Compiled.Route(snapshot, target).Route.Throttling!.RateLimits!;

    private static RateLimitPlan Find(GatewaySnapshot snapshot, string target, string name) => Of(snapshot, target).Limits.Single(limit => limit.Name == name);
}
