using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class CachePlanCompilerTests
{
    [Fact]
    public void Plan_Defaults_AreThoseOfTheManagedService()
    {
        var plan = PlanOf(Cached());

        Assert.NotNull(plan);
        Assert.Equal(("api", "dev", 1L << 29), (plan.Partition.ApiId, plan.Partition.Stage, plan.Partition.MaxBytes));
        Assert.Equal(TimeSpan.FromSeconds(300), plan.Lifetime);
        Assert.Equal((1, false, true, UnauthorizedCacheControlStrategy.SucceedWithResponseHeader), (plan.Methods, plan.IsEncrypted, plan.GuardsInvalidation, plan.Unauthorized));
        Assert.Same(CachePolicy.None, plan.Policy);
    }

    [Theory]
    [InlineData(DefinitionProfile.Embedded, null, true)]
    [InlineData(DefinitionProfile.Exact, null, false)]
    [InlineData(DefinitionProfile.Embedded, CacheMode.Exact, false)]
    [InlineData(DefinitionProfile.Exact, CacheMode.Safe, true)]
    public void Mode_ByDefault_IsThatOfTheProfile(DefinitionProfile profile, CacheMode? mode, bool isSafe)
    {
        var api = Cached();
        (api.Profile, api.CacheMode) = (profile, mode);

        var plan = PlanOf(api)!;

        Assert.Equal((isSafe, isSafe, isSafe), (plan.IsSafe, plan.Key.HasTarget, plan.Key.HasQuery));
    }

    [Fact]
    public void Prefix_DependsOnNamespaceAndMakeOfTheKey_AndOnNothingElse()
    {
        Action<RestApiDefinition>[] changes =
        [
            static _ => { },
            static api => api.CacheMode = CacheMode.Exact,
            static api => api.Methods[0].Integration!.CacheNamespace = "n",
            static api => api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.querystring.a"),
            static api => api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.header.a"),
            static api => api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.querystring.A"),
            static api => api.Cache = new() { VaryByCaller = true },
            static api => api.Cache = new() { VaryByQuery = false },
            static api => api.Cache = new() { VaryByHeaders = { "b" } },
        ];

        var prefixes = changes.Select(static change =>
        {
            var api = Cached();
            change(api);
            return PlanOf(api)!.Key.Prefix;
        }).ToList();
        var other = Cached();
        other.Methods[0].Integration!.TimeoutInMillis = 100;
        other.Stages["dev"].MethodSettings["*/*"].CacheTtlInSeconds = 10;

        Assert.Equal(changes.Length, prefixes.Distinct().Count());
        Assert.All(prefixes, static prefix => Assert.Equal(22, prefix.Length));
        Assert.Equal(prefixes[0], PlanOf(other)!.Key.Prefix);
    }

    [Theory]
    [InlineData(-1, null, "CacheTtlInSeconds must be from 0 to 3600 seconds, but is -1.")]
    [InlineData(3601, null, "CacheTtlInSeconds must be from 0 to 3600 seconds, but is 3601.")]
    [InlineData(300, "0.7", "CacheClusterSize must be one of 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237 (GB), but is '0.7'.")]
    public void Settings_OutOfRange_AreErrors(int seconds, string? size, string message)
    {
        var api = Cached();
        api.Stages["dev"].CacheClusterSize = size;
        api.Stages["dev"].MethodSettings["*/*"].CacheTtlInSeconds = seconds;

        Assert.EndsWith(message, Assert.Single(Compiled.Errors(api).Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method.request.querystring")]
    [InlineData("stage.x")]
    [InlineData("method.request.path.other")]
    [InlineData("integration.request.header.X")]
    public void KeyParameters_ThatNameNothing_AreErrorsInCodeAndWarningsInImports(string parameter)
    {
        var api = Cached();
        api.Methods[0].Integration!.CacheKeyParameters.Add(parameter);

        Assert.Contains(parameter, Assert.Single(Compiled.Errors(api).Errors).ToString(), StringComparison.Ordinal);
        api.Profile = DefinitionProfile.Exact;
        Assert.Empty(Compiled.Errors(api).Errors);
        Assert.Contains(Compiled.Errors(api).Warnings, warning => warning.ToString().Contains(parameter, StringComparison.Ordinal));
    }

    [Fact]
    public void KeyParameter_OfTheBody_IsNotCached_AndTold()
    {
        var api = Cached();
        api.Methods[0].Integration!.CacheKeyParameters.Add("integration.request.header.X");
        api.Methods[0].Integration!.RequestParameters["integration.request.header.X"] = "method.request.body.a";

        Assert.Contains(Compiled.Errors(api).Warnings, static warning => warning.ToString().Contains("the method is not cached", StringComparison.Ordinal));
        Assert.Null(PlanOf(api));
    }

    [Theory]
    [InlineData(true, false, "no method uses it")]
    [InlineData(false, true, "has no effect while the stage has no cache")]
    public void Halves_AreTold(bool hasCluster, bool isEnabled, string message)
    {
        var api = Cached();
        api.Stages["dev"].CacheClusterEnabled = hasCluster;
        api.Stages["dev"].MethodSettings["*/*"].CachingEnabled = isEnabled;

        Assert.Contains(message, Assert.Single(Compiled.Errors(api).Warnings).ToString(), StringComparison.Ordinal);
        Assert.Null(PlanOf(api));
    }

    [Theory]
    [InlineData("StaleWhileRevalidateInSeconds")]
    [InlineData("StaleIfErrorInSeconds")]
    [InlineData("TtlByStatus:200")]
    [InlineData("TtlByStatus:600")]
    [InlineData("TtlByStatus:x")]
    [InlineData("VaryByHeaders")]
    [InlineData("DiagnosticHeader")]
    public void Policy_OutOfRange_IsAnErrorAtItsPlace(string member)
    {
        var api = Cached();
        var policy = api.Cache = new CachePolicyDefinition();
        switch (member)
        {
            case "StaleWhileRevalidateInSeconds":
                policy.StaleWhileRevalidateInSeconds = -1;
                break;
            case "StaleIfErrorInSeconds":
                policy.StaleIfErrorInSeconds = 86_401;
                break;
            case "VaryByHeaders":
                policy.VaryByHeaders.Add("a b");
                break;
            case "DiagnosticHeader":
                policy.DiagnosticHeader = "";
                break;
            default:
                policy.TtlByStatus[member[12..]] = member.EndsWith("200", StringComparison.Ordinal) ? 3601 : 1;
                break;
        }

        api.Stages["other"] = new StageDefinition("other");

        Assert.Contains($"Cache:{member}", Assert.Single(Compiled.Errors(api).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_OfTheStage_TakesThePlaceOfTheApis()
    {
        var api = Cached();
        api.Cache = new() { SingleFlight = true };
        api.Stages["dev"].Cache = new() { ConditionalRequests = true };

        var policy = PlanOf(api)!.Policy;

        Assert.Equal((false, true), (policy.SingleFlight, policy.AnswersConditionally));
    }

    [Fact]
    public void Lifetimes_OfAStatus_BeforeThatOfItsClass()
    {
        var api = Cached();
        api.Cache = new() { TtlByStatus = { ["404"] = 5, ["4xx"] = 7, ["5XX"] = 0 } };

        var lifetimes = PlanOf(api)!.Policy.Lifetimes;

        Assert.Equal(
            [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7), TimeSpan.Zero, null],
            new[] { 404, 400, 502, 200 }.Select(status => lifetimes.Of(status)));
    }

    private static RestApiDefinition Cached()
    {
        var api = Compiled.Mocks("api", "GET /a/{id}");
        api.Stages["dev"].CacheClusterEnabled = true;
        api.Stages["dev"].MethodSettings["*/*"] = new MethodSettingDefinition { CachingEnabled = true };
        return api;
    }

    private static CachePlan? PlanOf(RestApiDefinition api) => Assert.Single(Compiled.Stage(api).Routes.Routes).Caching;
}
