using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class AuthorizationPlanCompilerTests
{
    private const string Policy =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"}}""";

    [Fact]
    public void Compile_NothingGuards_NoPlan() => Assert.Null(RouteOf(Compiled.Mocks("api", "GET /x")).Authorization);

    [Fact]
    public void Compile_PolicyAlone_EveryMethodHasTheSameCompiledPolicy()
    {
        var api = Compiled.Mocks("api", "GET /x", "GET /y");
        api.Policy = Policy;

        var plans = Compiled.Stage(api).Routes.Routes.Select(static route => route.Authorization!).ToList();

        Assert.All(plans, static plan => Assert.Equal(AuthorizationKind.Anonymous, plan.Kind));
        Assert.NotNull(plans[0].ResourcePolicy);
        Assert.Same(plans[0].ResourcePolicy, plans[1].ResourcePolicy);
        Assert.Equal("arn:aws:execute-api:us-east-1:123456789012:api/dev/", plans[0].ArnStart);
    }

    [Fact]
    public void Compile_Iam_AsksForASignature()
    {
        var api = Compiled.Mocks("api", "GET /x");
        api.Methods[0].AuthorizationType = AuthorizationType.AwsIam;

        Assert.Equal(AuthorizationKind.Signature, RouteOf(api).Authorization!.Kind);
    }

    [Fact]
    public void Compile_UserPools_MethodsShareTheTokensAndHaveTheirOwnScopes()
    {
        var api = WithUserPool(static authorizer =>
        {
            authorizer.IdentitySource = "method.request.header.X-Token";
            authorizer.AuthorizerResultTtlInSeconds = 60;
            authorizer.AllowedClientIds.Add("client");
        });
        api.Methods[0].AuthorizationScopes.Add("api/read");

        var plan = RouteOf(api).Authorization!;

        Assert.Equal((AuthorizationKind.Token, "pool", "X-Token"), (plan.Kind, plan.Token!.Name, plan.Token.Source.Name));
        Assert.Equal(["api/read"], plan.Token.Scopes);
        Assert.Equal(("api/pool", TimeSpan.FromSeconds(60)), (plan.Token.Jwt.Name, plan.Token.Jwt.ResultTtl));
        Assert.Equal(["client"], plan.Token.Jwt.AllowedClientIds);
        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a", Assert.Single(plan.Token.Jwt.Issuers).Issuer);
    }

    [Theory]
    [InlineData("ProviderArns", null, "arn:aws:cognito-idp:eu-west-1:123456789012:pool/x")]
    [InlineData("IdentitySource", "method.request.querystring.t", null)]
    [InlineData("IdentitySource", "method.request.header.A,method.request.header.B", null)]
    [InlineData("AuthorizerResultTtlInSeconds", "3601", null)]
    [InlineData("IdentityValidationExpression", "(", null)]
    [InlineData("Handler", "h", null)]
    public void Compile_UserPoolsWrong_IsToldWithItsPlace(string member, string? value, string? arn)
    {
        var api = WithUserPool(authorizer =>
        {
            authorizer.IdentitySource = member == "IdentitySource" ? value : null;
            authorizer.AuthorizerResultTtlInSeconds = member == "AuthorizerResultTtlInSeconds" ? int.Parse(value!, CultureInfo.InvariantCulture) : null;
            authorizer.IdentityValidationExpression = member == "IdentityValidationExpression" ? value : null;
            authorizer.Handler = member == "Handler" ? value : null;
            authorizer.ProviderArns[0] = arn ?? authorizer.ProviderArns[0];
        });

        Assert.EndsWith($"Authorizers:pool:{member}", Assert.Single(Compiled.Errors(api).Errors).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_UserPoolsWithoutPool_IsAnError()
    {
        var api = WithUserPool(static authorizer => authorizer.ProviderArns.Clear());

        Assert.EndsWith("Authorizers:pool:ProviderArns", Assert.Single(Compiled.Errors(api).Errors).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_UserPoolsWithAnotherAuthorizer_IsAnError()
    {
        var api = WithAuthorizer(static _ => { });
        api.Methods[0].AuthorizationType = AuthorizationType.CognitoUserPools;

        Assert.Equal(
            "With COGNITO_USER_POOLS, the authorizer must be of that type, but 'auth' is of type TOKEN.",
            Assert.Single(Compiled.Errors(api).Errors).Message);
    }

    [Theory]
    [InlineData("TOKEN", null, null, 300)]
    [InlineData("TOKEN", "method.request.header.X", 0, 0)]
    [InlineData("TOKEN", "method.request.header.X", 3600, 3600)]
    [InlineData("REQUEST", "method.request.querystring.q,context.identity.sourceIp", null, 300)]
    [InlineData("REQUEST", null, null, 0)]
    [InlineData("REQUEST", null, 0, 0)]
    public void Compile_Lifetime_HasTheDefaultOfTheManagedService(string type, string? sources, int? seconds, int lifetime)
    {
        var api = WithAuthorizer(authorizer =>
        {
            authorizer.Type = type;
            authorizer.IdentitySource = sources;
            authorizer.AuthorizerResultTtlInSeconds = seconds;
        });

        Assert.Equal(TimeSpan.FromSeconds(lifetime), RouteOf(api).Authorization!.Authorizer!.Lifetime);
    }

    [Theory]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f:live/invocations", "arn:aws:lambda:eu-west-1:123456789012:function:f:live")]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${stageVariables.fn}/invocations", "arn:aws:lambda:us-east-1:123456789012:function:g")]
    [InlineData("f", "arn:aws:lambda:us-east-1:123456789012:function:f")]
    [InlineData("${stageVariables.fn}:7", "arn:aws:lambda:us-east-1:123456789012:function:g:7")]
    public void Compile_Uri_FindsTheFunction(string uri, string function)
    {
        var api = WithAuthorizer(authorizer => authorizer.AuthorizerUri = uri);
        api.Stages["dev"].Variables["fn"] = "g";

        Assert.Equal(function, RouteOf(api).Authorization!.Authorizer!.Function!.ToString());
    }

    [Theory]
    [InlineData("TOKEN", "method.request.querystring.q", null, null, "IdentitySource")]
    [InlineData("TOKEN", "method.request.header.A,method.request.header.B", null, null, "IdentitySource")]
    [InlineData("REQUEST", "method.request.path.id", null, null, "IdentitySource")]
    [InlineData("REQUEST", "'text'", null, null, "IdentitySource")]
    [InlineData("REQUEST", "method.request.body", null, null, "IdentitySource")]
    [InlineData("REQUEST", null, 1, null, "AuthorizerResultTtlInSeconds")]
    [InlineData("TOKEN", null, 3601, null, "AuthorizerResultTtlInSeconds")]
    [InlineData("TOKEN", null, -1, null, "AuthorizerResultTtlInSeconds")]
    [InlineData("TOKEN", null, null, "(", "IdentityValidationExpression")]
    public void Compile_Wrong_IsToldWithItsPlace(string type, string? sources, int? seconds, string? expression, string member)
    {
        var api = WithAuthorizer(authorizer =>
        {
            authorizer.Type = type;
            authorizer.IdentitySource = sources;
            authorizer.AuthorizerResultTtlInSeconds = seconds;
            authorizer.IdentityValidationExpression = expression;
        });

        Assert.EndsWith($"Authorizers:auth:{member}", Assert.Single(Compiled.Errors(api).Errors).Origin.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other")]
    public void Compile_NoSuchAuthorizer_SaysWhatTheManagedServiceSays(string? id)
    {
        var api = WithAuthorizer(static _ => { });
        api.Methods[0].AuthorizerId = id;

        Assert.StartsWith(
            "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
            Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:apigateway:us-east-1:sqs:path/x")]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions//invocations")]
    [InlineData("missing")]
    public void Compile_NoFunction_IsAnError(string? uri)
    {
        var api = WithAuthorizer(authorizer => authorizer.AuthorizerUri = uri);

        Assert.EndsWith("Authorizers:auth:AuthorizerUri", Assert.Single(Compiled.Errors(api).Errors).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FunctionNowhereInAnImport_IsAWarningAndClosed()
    {
        var api = WithAuthorizer(static authorizer =>
        {
            authorizer.AuthorizerUri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/missing/invocations";
            authorizer.IdentitySource = "method.request.header.Authorization";
        });
        api.Profile = DefinitionProfile.Exact;

        var errors = Compiled.Errors(api);
        var plan = RouteOf(api).Authorization!;

        Assert.Contains(errors.Warnings, static warning => warning.Message.Contains("'arn:aws:lambda:us-east-1:123456789012:function:missing' can be called nowhere", StringComparison.Ordinal));
        Assert.Equal(AuthorizationKind.Authorizer, plan.Kind);
        Assert.Null(plan.Authorizer!.Function);
        Assert.Null(plan.Authorizer.Handler);
    }

    [Fact]
    public void KeyPrefix_OtherPartsOfTheApiChange_StaysTheSame()
    {
        var before = WithAuthorizer(static _ => { });
        var after = WithAuthorizer(static _ => { });
        after.Methods.Add(new MethodDefinition("GET", "/more") { Integration = new IntegrationDefinition(IntegrationKind.Mock) });
        var other = WithAuthorizer(static authorizer => authorizer.AuthorizerUri = "g");

        Assert.Equal(PrefixOf(before), PrefixOf(after));
        Assert.NotEqual(PrefixOf(before), PrefixOf(other));
    }

    [Fact]
    public void Compile_PolicyWrong_NamesThePlaceInTheJson()
    {
        var api = Compiled.Mocks("api", "GET /x");
        api.Policy = Policy.Replace("Allow", "Maybe", StringComparison.Ordinal);

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.EndsWith("Policy", error.Origin.Path, StringComparison.Ordinal);
        Assert.Contains("$.Statement", error.Message, StringComparison.Ordinal);
    }

    private static string PrefixOf(RestApiDefinition api) => Convert.ToHexString(RouteOf(api).Authorization!.Authorizer!.KeyPrefix);

    private static RouteSnapshot RouteOf(RestApiDefinition api) =>
        Compiled.Stage(api).Routes.Routes.First(static route => route.ResourcePath == "/x");

    private static RestApiDefinition WithUserPool(Action<AuthorizerDefinition> configure)
    {
        var api = Compiled.Mocks("api", "GET /x");
        var authorizer = new AuthorizerDefinition("pool") { Type = "COGNITO_USER_POOLS" };
        authorizer.ProviderArns.Add("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a");
        configure(authorizer);
        api.Authorizers["pool"] = authorizer;
        api.Methods[0].AuthorizationType = AuthorizationType.CognitoUserPools;
        api.Methods[0].AuthorizerId = "pool";
        return api;
    }

    private static RestApiDefinition WithAuthorizer(Action<AuthorizerDefinition> configure)
    {
        var api = Compiled.Mocks("api", "GET /x");
        var authorizer = new AuthorizerDefinition("auth") { AuthorizerUri = "f" };
        configure(authorizer);
        api.Authorizers["auth"] = authorizer;
        api.Methods[0].AuthorizationType = AuthorizationType.Custom;
        api.Methods[0].AuthorizerId = "auth";
        return api;
    }
}
