using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class CorsPlanCompilerTests
{
    [Fact]
    public void Compile_NoCors_AddsNothing()
    {
        var stage = Compiled.Stage(Compiled.Mocks("api", "GET /a"));

        Assert.Null(stage.Api.Cors);
        Assert.Null(Preflight(stage, "a"));
    }

    [Fact]
    public void Compile_DefaultsOfAResource_AreItsMethodsAndTheListOfTheConsole()
    {
        var preflight = Preflight(Compiled.Stage(Api("*")), "a")!.Preflight!;

        Assert.Equal("GET,DELETE,OPTIONS", preflight.AllowMethods);
        Assert.Equal("Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token", preflight.AllowHeaders);
        Assert.Null(preflight.MaxAge);
    }

    [Fact]
    public void Compile_AllSet_AreTaken()
    {
        var api = Api("https://shop.example.com");
        api.Cors!.AllowMethods.Add("PUT");
        api.Cors.AllowHeaders.Add("X-A");
        api.Cors.AllowHeaders.Add("X-B");
        api.Cors.ExposeHeaders.Add("X-C");
        api.Cors.ExposeHeaders.Add("X-D");
        api.Cors.MaxAge = 600;
        api.Cors.AllowCredentials = true;

        var stage = Compiled.Stage(api);

        Assert.Equal(new PreflightPlan("PUT", "X-A,X-B", "600"), Preflight(stage, "a")!.Preflight);
        Assert.Equal("X-C,X-D", stage.Api.Cors!.ExposeHeaders);
        Assert.True(stage.Api.Cors.AllowCredentials);
        Assert.False(stage.Api.Cors.AllowsAnyOrigin);
    }

    [Fact]
    public void Compile_ResourceWithOptionsOrAny_KeepsItsOwn()
    {
        var api = Compiled.Mocks("api", "GET /own", "OPTIONS /own", "ANY /any", "GET /none");
        api.Cors = new CorsDefinition { AllowOrigins = { "*" } };
        var stage = Compiled.Stage(api);

        Assert.Equal("OPTIONS /own", Preflight(stage, "own")!.Key);
        Assert.Null(Preflight(stage, "own")!.Preflight);
        Assert.Equal("ANY /any", Preflight(stage, "any")!.Key);
        Assert.Null(Preflight(stage, "any")!.Preflight);
        Assert.Equal("OPTIONS /none", Preflight(stage, "none")!.Key);
        Assert.NotNull(Preflight(stage, "none")!.Preflight);
    }

    [Fact]
    public void Compile_AddedMethod_IsThereForPreflightsAlone()
    {
        var stage = Compiled.Stage(Api("*"));

        Assert.Null(stage.Routes.Match("a", [0], false, RouteMethod.Options));
        Assert.Null(stage.Routes.Match("b", [0], false, RouteMethod.Preflight));
        Assert.Equal(2, stage.Routes.Routes.Count);
    }

    [Theory]
    [InlineData("https://shop.example.com", true)]
    [InlineData("HTTPS://Shop.Example.com:443", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("capacitor://localhost", true)]
    [InlineData("https://*.example.com", true)]
    [InlineData("https://*.example.com:8443", true)]
    [InlineData("", false)]
    [InlineData("null", false)]
    [InlineData("shop.example.com", false)]
    [InlineData("https://shop.example.com/", false)]
    [InlineData("https://shop.example.com/path", false)]
    [InlineData("https://user@shop.example.com", false)]
    [InlineData("https://shop.example.com:0", false)]
    [InlineData("https://shop.example.com:65536", false)]
    [InlineData("https://*", false)]
    [InlineData("https://a.*.example.com", false)]
    [InlineData("https://*example.com", false)]
    [InlineData("*://shop.example.com", false)]
    [InlineData("https://shop.example.com\n", false)]
    [InlineData("https://\u00e9.example.com", false)]
    public void Compile_Origin_IsSchemeHostAndPort(string origin, bool isLegal)
    {
        var errors = Compiled.Errors(Api(origin)).Errors;

        if (isLegal)
        {
            Assert.Empty(errors);
            return;
        }

        var error = Assert.Single(errors);
        Assert.EndsWith("Cors:AllowOrigins", error.Origin.Path, StringComparison.Ordinal);
        Assert.Contains($"but one is '{origin}'", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, Action<CorsDefinition>> Wrong => new()
    {
        { "AllowOrigins", "is empty", static cors => cors.AllowOrigins.Clear() },
        { "AllowOrigins", "'*' together with 'AllowCredentials'", static cors => cors.AllowCredentials = true },
        { "AllowMethods", "has 'get'", static cors => cors.AllowMethods.Add("get") },
        { "AllowMethods", "has 'ANY'", static cors => cors.AllowMethods.Add("ANY") },
        { "AllowHeaders", "has 'X A'", static cors => cors.AllowHeaders.Add("X A") },
        { "AllowHeaders", "has 'X\r\nY'", static cors => cors.AllowHeaders.Add("X\r\nY") },
        { "ExposeHeaders", "has ''", static cors => cors.ExposeHeaders.Add("") },
        { "MaxAge", "but is -2", static cors => cors.MaxAge = -2 },
        { "MaxAge", "but is 86401", static cors => cors.MaxAge = 86_401 },
        { "AllowHeaders", "take '*' for a name", static cors => Credentials(cors).AllowHeaders.Add("*") },
        { "AllowMethods", "take '*' for a name", static cors => Credentials(cors).AllowMethods.Add("*") },
        { "ExposeHeaders", "take '*' for a name", static cors => Credentials(cors).ExposeHeaders.Add("*") },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Compile_WrongMember_IsAnErrorAtItsPlace(string member, string message, Action<CorsDefinition> change)
    {
        var api = Api("*");
        change(api.Cors!);

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.EndsWith("Cors:" + member, error.Origin.Path, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_StarsWithoutCredentials_AreAllowed()
    {
        var api = Api("*");
        api.Cors!.AllowMethods.Add("*");
        api.Cors.AllowHeaders.Add("*");
        api.Cors.ExposeHeaders.Add("*");
        api.Cors.MaxAge = -1;

        Assert.Equal(new PreflightPlan("*", "*", "-1"), Preflight(Compiled.Stage(api), "a")!.Preflight);
    }

    private static CorsDefinition Credentials(CorsDefinition cors)
    {
        cors.AllowOrigins[0] = "https://shop.example.com";
        cors.AllowCredentials = true;
        return cors;
    }

    private static RouteSnapshot? Preflight(StageSnapshot stage, string path) => stage.Routes.Match(path, [0], false, RouteMethod.Preflight);

    private static RestApiDefinition Api(string origin)
    {
        var api = Compiled.Mocks("api", "DELETE /a", "GET /a");
        api.Cors = new CorsDefinition { AllowOrigins = { origin } };
        return api;
    }
}
