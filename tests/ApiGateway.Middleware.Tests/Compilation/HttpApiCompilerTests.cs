using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class HttpApiCompilerTests
{
    [Theory]
    [InlineData("GET /a", "GET", "/a")]
    [InlineData("ANY /", "ANY", "/")]
    [InlineData("OPTIONS /a/{any}/{rest+}", "OPTIONS", "/a/{any}/{rest+}")]
    [InlineData("$default", "ANY", "$default")]
    public void RouteKey_Legal_IsKept(string key, string method, string path)
    {
        var route = Assert.Single(Compiled.Stage(Compiled.InProcess("api", key)).Routes.Routes);

        Assert.Equal((key, method, path), (route.Key, route.HttpMethod, route.ResourcePath));
    }

    [Fact]
    public void ExecutionLog_OfAnHttpApi_IsRefused()
    {
        var api = Compiled.InProcess("api", "GET /a");
        var (_, stage) = api.Stages.First();
        stage.DefaultRouteSettings = new RouteSettingDefinition { LoggingLevel = ExecutionLogLevel.Info };
        stage.RouteSettings["GET /a"] = new RouteSettingDefinition { DataTraceEnabled = true, LoggingLevel = ExecutionLogLevel.Off };

        var errors = Compiled.Errors(api).Errors.Select(static error => error.ToString()).ToList();

        Assert.Equal(2, errors.Count);
        Assert.Contains("DefaultRouteSettings:LoggingLevel HTTP APIs have access logs alone. Remove 'LoggingLevel', and set 'AccessLogSettings' of the stage.", errors[0], StringComparison.Ordinal);
        Assert.Contains("RouteSettings:GET /a:DataTraceEnabled HTTP APIs have access logs alone.", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get /a", "in upper case, but is 'get'")]
    [InlineData("TRACE /a", "but is 'TRACE'")]
    [InlineData("GET  /a", "A route's key is '$default' or 'METHOD /path' with one space")]
    [InlineData("GET a", "A route's key is")]
    [InlineData("GET /a b", "A route's key is")]
    [InlineData("GET", "A route's key is")]
    [InlineData("$DEFAULT", "A route's key is")]
    [InlineData("GET /a/", "does not end in '/', but is '/a/'")]
    [InlineData("GET //a", "has an empty part")]
    [InlineData("GET /a{b}", "A path variable is a whole part")]
    [InlineData("GET /{a}/{a}", "The path variable 'a' appears twice")]
    [InlineData("GET /{a+}/b", "greedy path variable")]
    [InlineData("GET /{}", "needs a name")]
    public void RouteKey_Illegal_IsRefused(string key, string message)
    {
        var error = Assert.Single(Compiled.Errors(Compiled.InProcess("api", key)).Errors);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal($"Apis:api:Routes:{key}", error.Origin.Path);
    }

    [Theory]
    [InlineData("GET /a", "GET /a")]
    [InlineData("GET /{x}/b", "GET /{y}/b")]
    [InlineData("GET /{x+}", "GET /{y+}")]
    [InlineData("$default", "$default")]
    [InlineData("GET /a", "GET /%61")]
    public void RouteKey_OfTheSameShape_IsAConflict(string first, string second)
    {
        var error = Assert.Single(Compiled.Errors(Compiled.InProcess("api", first, second)).Errors);

        Assert.StartsWith($"Route with key {second} already exists for this API", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RouteKey_OfTheSameShapeWithAnotherMethod_IsNone() =>
        Assert.Empty(Compiled.Errors(Compiled.InProcess("api", "GET /{x}", "POST /{y}", "ANY /{z}", "GET /{z+}")).Errors);

    [Fact]
    public void RouteSelectionExpression_Other_IsRefused()
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.RouteSelectionExpression = "${request.method} ${request.path}";
        Assert.Empty(Compiled.Errors(api).Errors);

        api.RouteSelectionExpression = "${request.body.action}";

        Assert.Contains("must be '${request.method} ${request.path}'", Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_OfSharedIntegrations_IsFollowed()
    {
        var api = new HttpApiDefinition("api") { Stages = { ["$default"] = new StageDefinition("$default") } };
        api.Integrations["one"] = new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = "http://backend/", IntegrationHttpMethod = "ANY" };
        api.Routes.Add(new RouteDefinition("GET /a") { Target = "integrations/one" });
        Assert.IsType<HttpIntegrationPlan>(Compiled.Stage(api).Routes.Routes[0].Integration);

        api.Routes.Add(new RouteDefinition("GET /b") { Target = "integrations/two" });
        api.Routes.Add(new RouteDefinition("GET /c") { Target = "one" });
        api.Routes.Add(new RouteDefinition("GET /d") { Target = "integrations/one", Integration = api.Integrations["one"] });

        Assert.Equal(
            [
                "must be 'integrations/{id}' with an id of 'Integrations', but is 'integrations/two'. Known: integrations/one.",
                "must be 'integrations/{id}' with an id of 'Integrations', but is 'one'. Known: integrations/one.",
                "A route has a 'Target' or an 'Integration' of its own, not both. Remove one.",
            ],
            Compiled.Errors(api).Errors.Select(static error => error.Message));
    }

    [Fact]
    public void Target_Missing_IsAWarning()
    {
        var api = new HttpApiDefinition("api") { Stages = { ["$default"] = new StageDefinition("$default") }, Routes = { new RouteDefinition("GET /a") } };

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        Assert.Contains("Requests will fail with 500", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integration_MembersOfRestAlone_AreRefusedOnceOrWarnedOf()
    {
        var integration = new IntegrationDefinition(IntegrationKind.HttpProxy)
        {
            Uri = "http://backend/",
            PassthroughBehavior = PassthroughBehavior.Never,
            ContentHandling = ContentHandling.ConvertToText,
            CacheNamespace = "n",
            CacheKeyParameters = { "p" },
            RequestTemplates = { ["application/json"] = "{}" },
            IntegrationResponses = { new IntegrationResponseDefinition("200") },
        };
        var api = new HttpApiDefinition("api") { Stages = { ["$default"] = new StageDefinition("$default"), ["dev"] = new StageDefinition("dev") } };
        api.Integrations["one"] = integration;
        api.Routes.Add(new RouteDefinition("GET /a") { Target = "integrations/one" });
        api.Routes.Add(new RouteDefinition("GET /b") { Target = "integrations/one" });
        string[] members = ["RequestTemplates", "IntegrationResponses", "PassthroughBehavior", "ContentHandling", "CacheNamespace", "CacheKeyParameters"];

        var refused = Compiled.Errors(api);
        api.Profile = DefinitionProfile.Exact;
        var warned = Compiled.Errors(api);

        Assert.Equal(members, refused.Errors.Select(static error => error.Origin.Path[(error.Origin.Path.LastIndexOf(':') + 1)..]));
        Assert.All(refused.Errors, static error => Assert.Matches("^HTTP APIs do not .* Remove '.*', or use a REST API\\.$", error.Message));
        Assert.Empty(warned.Errors);
        Assert.Equal(members.Length, warned.Warnings.Count(static warning => warning.Message.EndsWith("It has no effect.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(IntegrationKind.Http)]
    [InlineData(IntegrationKind.Mock)]
    [InlineData(IntegrationKind.Aws)]
    public void Integration_OfRestAlone_IsRefusedOrWarnedOf(IntegrationKind kind)
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.Routes[0].Integration = new IntegrationDefinition(kind);
        Assert.Contains("HTTP_PROXY and AWS_PROXY", Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);

        api.Profile = DefinitionProfile.Exact;

        Assert.Empty(Compiled.Errors(api).Errors);
        Assert.IsType<MockIntegrationPlan>(Compiled.Stage(api).Routes.Routes[0].Integration);
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact, 49, "must be from 50 to 30000, but is 49.")]
    [InlineData(DefinitionProfile.Exact, 30_001, "must be from 50 to 30000, but is 30001.")]
    [InlineData(DefinitionProfile.Embedded, 900_001, "must be from 50 to 900000, but is 900001.")]
    public void TimeoutInMillis_OutOfRange_IsRefused(DefinitionProfile profile, int timeout, string message)
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.Profile = profile;
        api.Routes[0].Integration!.TimeoutInMillis = timeout;

        Assert.Equal(message, Assert.Single(Compiled.Errors(api).Errors).Message);
    }

    [Fact]
    public void TimeoutInMillis_Missing_IsThirtySeconds() => Assert.Equal(
        TimeSpan.FromSeconds(30), Compiled.Stage(Compiled.InProcess("api", "GET /a")).Routes.Routes[0].Integration.Timeout);

    [Theory]
    [InlineData("$default", true)]
    [InlineData("a-b_1", true)]
    [InlineData("$other", false)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void StageName_Each_IsChecked(string name, bool isLegal)
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.Stages.Clear();
        api.Stages[name] = new StageDefinition(name);

        Assert.Equal(isLegal, Compiled.Errors(api).Errors.Count == 0);
    }

    [Fact]
    public void StageName_DefaultOfARestApi_IsRefused()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Stages["$default"] = new StageDefinition("$default");

        Assert.Contains("'$default'", Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultStages_OfTwoApisAtOnePlace_AreRefused()
    {
        var errors = Compiled.Errors(Compiled.InProcess("one", "GET /a"), Compiled.InProcess("two", "GET /b")).Errors;

        Assert.Contains("Stage '$default' is also a stage of API 'one' at the same host and base path", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AuthorizationScopes_WithoutTokens_AreRefused()
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.Routes[0].AuthorizationScopes.Add("read");

        Assert.Equal("Apis:api:Routes:GET /a:AuthorizationScopes", Assert.Single(Compiled.Errors(api).Errors).Origin.Path);
    }

    [Fact]
    public void Quotas_Exceeded_AreWarnings()
    {
        var api = Compiled.InProcess("api", [.. Enumerable.Range(0, 301).Select(static i => $"GET /{i}")]);

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        Assert.Equal("API 'api' has 301; Amazon API Gateway takes at most 300.", Assert.Single(errors.Warnings).Message);
    }

    [Fact]
    public void Throttling_MostSpecificNumbers_ApplyToEachRouteAlone()
    {
        var api = Compiled.InProcess("api", "GET /a", "GET /b", "$default");
        api.Stages["$default"].DefaultRouteSettings = new RouteSettingDefinition { ThrottlingRateLimit = 5, ThrottlingBurstLimit = 3 };
        api.Stages["$default"].RouteSettings["GET /b"] = new RouteSettingDefinition { ThrottlingBurstLimit = 1 };
        api.Stages["$default"].RouteSettings["$default"] = new RouteSettingDefinition { ThrottlingRateLimit = 0 };

        var plans = Compiled.Stage(api).Routes.Routes.ToDictionary(static route => route.Key, static route => route.EarlyThrottling!);

        Assert.Equal((5, 3), (plans["GET /a"].Method!.RateLimit, plans["GET /a"].Method!.BurstLimit));
        Assert.Equal((5, 1), (plans["GET /b"].Method!.RateLimit, plans["GET /b"].Method!.BurstLimit));
        Assert.Equal((0, 0), (plans["$default"].Method!.RateLimit, plans["$default"].Method!.BurstLimit));
        Assert.Equal(3, plans.Values.Select(static plan => plan.Method!.Name).Distinct().Count());
    }

    [Fact]
    public void RouteSettings_OfNoRoute_AreRefused()
    {
        var api = Compiled.InProcess("api", "GET /orders");
        api.Stages["$default"].RouteSettings["GET /order"] = new RouteSettingDefinition();

        Assert.Equal(
            "The API has no route 'GET /order'. Did you mean 'GET /orders'? Known: GET /orders.", Assert.Single(Compiled.Errors(api).Errors).Message);
    }

    [Fact]
    public void Throttling_OfNeitherKind_IsLateAndEarly()
    {
        var rest = Compiled.Mocks("api", "GET /a");
        rest.Stages["dev"].MethodSettings["*/*"] = new MethodSettingDefinition { ThrottlingRateLimit = 1 };

        var route = Compiled.Stage(rest).Routes.Routes[0];
        Assert.NotNull(route.Throttling);
        Assert.Null(route.EarlyThrottling);
        Assert.Null(Compiled.Stage(Compiled.InProcess("api", "GET /a")).Routes.Routes[0].EarlyThrottling);
    }

    [Theory]
    [InlineData("https://shop.example.com", null)]
    [InlineData("*", null)]
    [InlineData("https://*", null)]
    [InlineData("https://*.example.com", "AllowOrigins")]
    [InlineData("shop.example.com", "AllowOrigins")]
    [InlineData("https://shop.example.com/path", "AllowOrigins")]
    public void CorsConfiguration_Origins_AreChecked(string origin, string? member)
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.CorsConfiguration = new HttpCorsDefinition { AllowOrigins = { origin } };

        var errors = Compiled.Errors(api).Errors;

        Assert.Equal(member is null ? [] : [$"Apis:api:CorsConfiguration:{member}"], errors.Select(static error => error.Origin.Path));
    }

    [Fact]
    public void CorsConfiguration_Mistakes_AreToldTogether()
    {
        var api = Compiled.InProcess("api", "GET /a");
        api.CorsConfiguration = new HttpCorsDefinition
        {
            AllowOrigins = { "*" },
            AllowCredentials = true,
            MaxAge = 86_401,
            AllowMethods = { "GET,POST" },
            AllowHeaders = { "" },
            ExposeHeaders = { "*" },
        };

        Assert.Equal(
            ["AllowOrigins", "AllowMethods", "AllowHeaders", "MaxAge"], Compiled.Errors(api).Errors.Select(static error => error.Origin.Path.Split(':')[^1]));
    }
}
