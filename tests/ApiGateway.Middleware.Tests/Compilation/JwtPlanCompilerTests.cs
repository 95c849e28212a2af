using System.Collections.Frozen;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class JwtPlanCompilerTests
{
    private static readonly DefinitionOrigin Origin = new("code", "Authorizers:jwt");

    [Fact]
    public void Compile_Rest_TakesAllThatIsWritten()
    {
        var authorizer = Authorizer(static jwt =>
        {
            jwt.DefaultAlgorithms.Add("ES256");
            jwt.DefaultAlgorithms.Add("RS384");
            jwt.Issuers[0].AdditionalClaims.Add(new JwtAdditionalClaimDefinition("org") { ExpectedValues = { "a", "b" }, Format = "string-array", Required = false });
            jwt.Issuers.Add(new JwtIssuerDefinition("https://b.example/") { Audiences = { "two", "three" }, JwksUri = "https://keys.example/b" });
        });
        authorizer.IdentitySource = "method.request.header.X-Token";
        authorizer.AuthorizerResultTtlInSeconds = 60;

        var plan = Compile(authorizer)!;

        Assert.Equal(("jwt", IdentityPlace.Header, "X-Token"), (plan.Name, plan.Source.Place, plan.Source.Name));
        Assert.Equal(
            ("api/jwt", JwtProfile.Rest, JwtAlgorithms.ES256 | JwtAlgorithms.RS384, TimeSpan.FromSeconds(60)),
            (plan.Jwt.Name, plan.Jwt.Profile, plan.Jwt.Algorithms, plan.Jwt.ResultTtl));
        var (first, second) = (plan.Jwt.Issuers[0], plan.Jwt.Issuers[1]);
        Assert.Equal(("https://a.example", "one", null, JwtKeyRules.Rest), (first.Issuer, string.Join(' ', first.Audiences), first.JwksUri, first.KeyRules));
        Assert.Equal(("https://b.example/", "two three", "https://keys.example/b"), (second.Issuer, string.Join(' ', second.Audiences), second.JwksUri!.ToString()));
        var rule = Assert.Single(first.ClaimRules);
        Assert.Equal(("org", "a b", JwtClaimFormat.StringArray, false), (rule.Name, string.Join(' ', rule.Values), rule.Format, rule.IsRequired));
    }

    [Fact]
    public void Compile_RestWithDefaults_TakesRs256InAuthorization()
    {
        var plan = Compile(Authorizer(static _ => { }))!;

        Assert.Equal(("Authorization", JwtAlgorithms.RS256, TimeSpan.FromSeconds(300)), (plan.Source.Name, plan.Jwt.Algorithms, plan.Jwt.ResultTtl));
    }

    [Theory]
    [InlineData(null, "Header", "Authorization")]
    [InlineData("$request.header.X-Token", "Header", "X-Token")]
    [InlineData("$request.querystring.token", "QueryString", "token")]
    [InlineData("method.request.header.X", "Header", "X")]
    [InlineData("method.request.querystring.t", "QueryString", "t")]
    public void Compile_Http_HasItsSourcesAndAllRsaAlgorithms(string? source, string place, string name)
    {
        var authorizer = Authorizer(static _ => { });
        authorizer.IdentitySource = source;
        authorizer.AuthorizerResultTtlInSeconds = 0;

        var plan = Compiled.Http(authorizer);

        Assert.Equal((place, name), (plan.Source.Place.ToString(), plan.Source.Name));
        Assert.Equal(JwtAlgorithms.RS256 | JwtAlgorithms.RS384 | JwtAlgorithms.RS512, plan.Jwt.Algorithms);
        Assert.Equal((JwtProfile.Http, JwtKeyRules.Http), (plan.Jwt.Profile, plan.Jwt.Issuers[0].KeyRules));
        Assert.True(plan.Jwt.ResultTtl > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(false, "http://a.example", "one", null, "Issuers:0:Issuer")]
    [InlineData(false, "https://a.example?x", "one", null, "Issuers:0:Issuer")]
    [InlineData(false, "https://a.example#x", "one", null, "Issuers:0:Issuer")]
    [InlineData(false, "", "one", null, "Issuers:0:Issuer")]
    [InlineData(false, "http://127.0.0.1:5000", "one", null, "Issuers:0:Issuer")]
    [InlineData(false, "https://a.example", null, null, "Issuers:0:Audiences")]
    [InlineData(false, "https://a.example", "", null, "Issuers:0:Audiences")]
    [InlineData(false, "https://a.example", "one", "http://a.example/keys", "Issuers:0:JwksUri")]
    [InlineData(false, "https://a.example", "one", "keys.json", "Issuers:0:JwksUri")]
    [InlineData(true, "http://a.example", "one", null, "Issuers:0:Issuer")]
    public void Compile_IssuerWrong_IsToldWithItsPlace(bool isHttp, string issuer, string? audience, string? keys, string member)
    {
        var authorizer = Authorizer(jwt =>
        {
            jwt.Issuers[0] = new JwtIssuerDefinition(issuer) { JwksUri = keys };
            if (audience is not null)
            {
                jwt.Issuers[0].Audiences.Add(audience);
            }
        });

        Assert.Equal($"Authorizers:jwt:JwtConfiguration:{member}", Assert.Single(Errors(authorizer, isHttp)).Origin.Path);
    }

    [Theory]
    [InlineData("iss", "single-string", "x", "ClaimName")]
    [InlineData("exp", "single-string", "x", "ClaimName")]
    [InlineData("", "single-string", "x", "ClaimName")]
    [InlineData("org", "text", "x", "Format")]
    [InlineData("org", "space-separated-values", "x y", "ExpectedValues")]
    public void Compile_AdditionalClaimWrong_IsToldWithItsPlace(string name, string format, string value, string member)
    {
        var authorizer = Authorizer(jwt => jwt.Issuers[0].AdditionalClaims.Add(
            new JwtAdditionalClaimDefinition(name) { Format = format, ExpectedValues = { value } }));

        Assert.Equal(
            $"Authorizers:jwt:JwtConfiguration:Issuers:0:AdditionalClaims:0:{member}", Assert.Single(Errors(authorizer, isHttp: false)).Origin.Path);
    }

    [Theory]
    [InlineData("method.request.querystring.t", false)]
    [InlineData("method.request.header.A,method.request.header.B", false)]
    [InlineData("$request.header.A", false)]
    [InlineData("$request.header.", true)]
    [InlineData("$request.header.A,$request.header.B", true)]
    [InlineData("$context.requestId", true)]
    [InlineData("$stageVariables.token", true)]
    public void Compile_IdentitySourceWrong_IsAnError(string source, bool isHttp)
    {
        var authorizer = Authorizer(static _ => { });
        authorizer.IdentitySource = source;

        Assert.Equal("Authorizers:jwt:IdentitySource", Assert.Single(Errors(authorizer, isHttp)).Origin.Path);
    }

    [Theory]
    [InlineData("HS256", false)]
    [InlineData("none", false)]
    [InlineData("rs256", false)]
    [InlineData("PS256", true)]
    [InlineData("ES256", true)]
    public void Compile_AlgorithmNotAllowed_IsAnError(string algorithm, bool isHttp)
    {
        var authorizer = Authorizer(jwt => jwt.DefaultAlgorithms.Add(algorithm));

        Assert.Equal("Authorizers:jwt:JwtConfiguration:DefaultAlgorithms", Assert.Single(Errors(authorizer, isHttp)).Origin.Path);
    }

    [Fact]
    public void Compile_HttpWithWhatOnlyRestHas_IsAnError()
    {
        var two = Authorizer(static jwt => jwt.Issuers.Add(new JwtIssuerDefinition("https://b.example") { Audiences = { "x" } }));
        var claim = Authorizer(static jwt => jwt.Issuers[0].AdditionalClaims.Add(new JwtAdditionalClaimDefinition("org")));

        Assert.Equal("An authorizer of type JWT needs one issuer, but has 2.", Assert.Single(Errors(two, isHttp: true)).Message);
        Assert.EndsWith("AdditionalClaims:0:ClaimName", Assert.Single(Errors(claim, isHttp: true)).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OtherMembersWrong_AreErrors()
    {
        var twice = Authorizer(static jwt => jwt.Issuers.Add(new JwtIssuerDefinition("https://a.example") { Audiences = { "x" } }));
        var handler = Authorizer(static _ => { });
        handler.Handler = "h";
        var lifetime = Authorizer(static _ => { });
        lifetime.AuthorizerResultTtlInSeconds = 3601;

        Assert.EndsWith("Issuers:1:Issuer", Assert.Single(Errors(twice, isHttp: false)).Origin.Path, StringComparison.Ordinal);
        Assert.EndsWith("Handler", Assert.Single(Errors(handler, isHttp: false)).Origin.Path, StringComparison.Ordinal);
        Assert.EndsWith("AuthorizerResultTtlInSeconds", Assert.Single(Errors(lifetime, isHttp: false)).Origin.Path, StringComparison.Ordinal);
        Assert.EndsWith("JwtConfiguration", Assert.Single(Errors(new AuthorizerDefinition("jwt") { Type = "JWT" }, isHttp: false)).Origin.Path, StringComparison.Ordinal);
        Assert.EndsWith("Issuers", Assert.Single(Errors(Authorizer(static jwt => jwt.Issuers.Clear()), isHttp: false)).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OptionsOfTokens_AreFollowed()
    {
        var handlers = new HandlerTable(FrozenDictionary<string, RequestDelegate>.Empty) { AllowsInsecureKeys = true, ClockSkew = TimeSpan.FromSeconds(5) };
        var errors = new DefinitionErrors();
        var authorizer = Authorizer(static jwt => jwt.Issuers[0] = new JwtIssuerDefinition("http://127.0.0.1:5000") { Audiences = { "x" } });

        var plan = new JwtPlanCompiler("api", authorizer, Origin, JwtProfile.Rest, handlers, errors).Compile();

        Assert.Empty(errors.Errors);
        Assert.Equal(TimeSpan.FromSeconds(5), plan!.Jwt.ClockSkew);
    }

    [Fact]
    public void Compile_MethodsOfOneAuthorizer_ShareTokensAndHaveTheirOwnScopes()
    {
        var api = Compiled.Mocks("api", "GET /x", "POST /x");
        api.Authorizers["jwt"] = Authorizer(static _ => { });
        foreach (var method in api.Methods)
        {
            (method.AuthorizationType, method.AuthorizerId) = (AuthorizationType.Jwt, "jwt");
        }

        api.Methods[1].AuthorizationScopes.Add("write");
        var plans = Compiled.Stage(api).Routes.Routes
            .Where(static route => route.ResourcePath == "/x").Select(static route => route.Authorization!).OrderBy(static plan => plan.Token!.Scopes.Length).ToList();

        Assert.All(plans, static plan => Assert.Equal(AuthorizationKind.Token, plan.Kind));
        Assert.Same(plans[0].Token!.Jwt, plans[1].Token!.Jwt);
        Assert.Empty(plans[0].Token!.Scopes);
        Assert.Equal(["write"], plans[1].Token!.Scopes);
    }

    [Fact]
    public void Compile_JwtWithAnotherAuthorizer_IsAnError()
    {
        var api = Compiled.Mocks("api", "GET /x");
        api.Authorizers["auth"] = new AuthorizerDefinition("auth") { AuthorizerUri = "f" };
        (api.Methods[0].AuthorizationType, api.Methods[0].AuthorizerId) = (AuthorizationType.Jwt, "auth");

        Assert.Equal(
            "With JWT, the authorizer must be of that type, but 'auth' is of type TOKEN.", Assert.Single(Compiled.Errors(api).Errors).Message);
    }

    private static AuthorizerDefinition Authorizer(Action<JwtConfigurationDefinition> configure)
    {
        var jwt = new JwtConfigurationDefinition { Issuers = { new JwtIssuerDefinition("https://a.example") { Audiences = { "one" } } } };
        configure(jwt);
        return new AuthorizerDefinition("jwt") { Type = "JWT", JwtConfiguration = jwt };
    }

    private static TokenPlan? Compile(AuthorizerDefinition authorizer)
    {
        var errors = new DefinitionErrors();
        var plan = new JwtPlanCompiler("api", authorizer, Origin, JwtProfile.Rest, Compiled.NoHandlers, errors).Compile();
        Assert.Empty(errors.Errors);
        return plan;
    }

    private static IReadOnlyList<DefinitionError> Errors(AuthorizerDefinition authorizer, bool isHttp)
    {
        var errors = new DefinitionErrors();
        _ = new JwtPlanCompiler("api", authorizer, Origin, isHttp ? JwtProfile.Http : JwtProfile.Rest, Compiled.NoHandlers, errors).Compile();
        return errors.Errors;
    }
}
