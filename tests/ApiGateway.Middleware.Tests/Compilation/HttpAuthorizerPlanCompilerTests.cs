using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>Authorizers of HTTP APIs: rules L-1, L-2, L-10 and J-1.</summary>
public sealed class HttpAuthorizerPlanCompilerTests
{
    [Theory]
    [InlineData("1.0", false, AuthorizerEventForm.Http1, AuthorizerAnswerForm.JsonPolicy)]
    [InlineData("2.0", false, AuthorizerEventForm.Http2, AuthorizerAnswerForm.JsonPolicy)]
    [InlineData("2.0", true, AuthorizerEventForm.Http2, AuthorizerAnswerForm.Simple)]
    [InlineData(null, true, AuthorizerEventForm.Http2, AuthorizerAnswerForm.Simple)]
    public void Compile_Format_DecidesWhatTheFunctionGetsAndAnswers(string? format, bool isSimple, object eventForm, object answerForm)
    {
        var plan = Plan(authorizer =>
        {
            authorizer.AuthorizerPayloadFormatVersion = format;
            authorizer.EnableSimpleResponses = isSimple;
        });

        Assert.Equal((eventForm, answerForm), (plan.Authorizer!.EventForm, plan.Authorizer.AnswerForm));
        Assert.Equal(TimeSpan.FromSeconds(10), plan.Authorizer.Timeout);
        Assert.True(plan.Authorizer.PolicyOptions.ClosesUnknownConditions);
        Assert.Equal(eventForm is AuthorizerEventForm.Http2, plan.HttpEvent is not null);
        Assert.Equal(eventForm is AuthorizerEventForm.Http1, plan.Event is not null);
    }

    [Fact]
    public void Compile_Sources_AreReadInTheirOrder()
    {
        var plan = Plan(static authorizer =>
        {
            authorizer.IdentitySources.Add("$request.header.Authorization, $request.querystring.q");
            authorizer.IdentitySources.Add("$context.routeKey");
            authorizer.IdentitySources.Add("$stageVariables.v");
            authorizer.IdentitySources.Add("$stageVariables.none");
            authorizer.IdentitySource = "method.request.header.X-Rest,context.identity.sourceIp";
        });

        Assert.Equal(
            [
                new(IdentityPlace.Header, "Authorization"), new(IdentityPlace.QueryString, "q"), new(IdentityPlace.Context, "routeKey"),
                new(IdentityPlace.Constant, "1"), new(IdentityPlace.Constant, ""), new(IdentityPlace.Header, "X-Rest"),
                new(IdentityPlace.Context, "identity.sourceIp"),
            ],
            plan.Authorizer!.Sources);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(0, 0)]
    [InlineData(3600, 3600)]
    public void Compile_Lifetime_IsZeroUnlessItIsSaid(int? written, int seconds)
    {
        var plan = Plan(authorizer =>
        {
            authorizer.AuthorizerResultTtlInSeconds = written;
            authorizer.IdentitySources.Add("$request.header.a");
        });

        Assert.Equal(TimeSpan.FromSeconds(seconds), plan.Authorizer!.Lifetime);
    }

    [Theory]
    [InlineData("2.0", true, 60)]
    [InlineData("1.0", false, 60)]
    [InlineData("2.0", false, 61)]
    public void Compile_WhateverAnAnswerDependsOn_ChangesTheKey(string format, bool isSimple, int lifetime)
    {
        static AuthorizerPlan Of(string format, bool isSimple, int lifetime) => Plan(authorizer =>
        {
            authorizer.AuthorizerPayloadFormatVersion = format;
            authorizer.EnableSimpleResponses = isSimple;
            authorizer.AuthorizerResultTtlInSeconds = lifetime;
            authorizer.IdentitySources.Add("$request.header.a");
        }).Authorizer!;

        Assert.Equal(Of("2.0", false, 60).KeyPrefix, Of("2.0", false, 60).KeyPrefix);
        Assert.NotEqual(Of("2.0", false, 60).KeyPrefix, Of(format, isSimple, lifetime).KeyPrefix);
    }

    [Theory]
    [InlineData("AuthorizerPayloadFormatVersion", "3.0", false, null, null, DefinitionProfile.Embedded)]
    [InlineData("AuthorizerPayloadFormatVersion", null, false, null, null, DefinitionProfile.Exact)]
    [InlineData("EnableSimpleResponses", "1.0", true, null, null, DefinitionProfile.Embedded)]
    [InlineData("IdentitySource", "2.0", false, "$request.path.id", null, DefinitionProfile.Embedded)]
    [InlineData("IdentitySource", "2.0", false, "$request.header.", null, DefinitionProfile.Embedded)]
    [InlineData("IdentitySource", "2.0", false, "'static'", null, DefinitionProfile.Embedded)]
    [InlineData("AuthorizerResultTtlInSeconds", "2.0", false, "$request.header.a", 3601, DefinitionProfile.Embedded)]
    [InlineData("AuthorizerResultTtlInSeconds", "2.0", false, "$request.header.a", -1, DefinitionProfile.Embedded)]
    [InlineData("AuthorizerResultTtlInSeconds", "2.0", false, null, 60, DefinitionProfile.Embedded)]
    public void Compile_Wrong_SaysWhere(string member, string? format, bool isSimple, string? source, int? lifetime, DefinitionProfile profile)
    {
        var api = Api(authorizer =>
        {
            authorizer.AuthorizerPayloadFormatVersion = format;
            authorizer.EnableSimpleResponses = isSimple;
            authorizer.IdentitySource = source;
            authorizer.AuthorizerResultTtlInSeconds = lifetime;
        });
        api.Profile = profile;

        Assert.EndsWith($"Authorizers:auth:{member}", Assert.Single(Compiled.Errors(api).Errors).Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_LifetimeWithoutSourcesInAnImport_IsAWarningAndNothingIsRemembered()
    {
        var api = Api(static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60);
        api.Profile = DefinitionProfile.Exact;

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        Assert.Contains(errors.Warnings, static warning => warning.Origin.Path.EndsWith("AuthorizerResultTtlInSeconds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AuthorizationType.Custom, "TOKEN")]
    [InlineData(AuthorizationType.Custom, "JWT")]
    [InlineData(AuthorizationType.Jwt, "REQUEST")]
    [InlineData(AuthorizationType.CognitoUserPools, "COGNITO_USER_POOLS")]
    public void Compile_TypeThatHttpApisLack_IsAnError(AuthorizationType authorization, string type)
    {
        var api = Api(authorizer => authorizer.Type = type);
        api.Routes[0].AuthorizationType = authorization;

        Assert.NotEmpty(Compiled.Errors(api).Errors);
    }

    [Theory]
    [InlineData("$request.header.X-Token", IdentityPlace.Header, "X-Token")]
    [InlineData("$request.querystring.token", IdentityPlace.QueryString, "token")]
    public void Compile_Jwt_HasTheProfileAndTheOnlySource(string source, object place, string name)
    {
        var api = Jwt(source);
        api.Routes[0].AuthorizationScopes.Add("read");

        var plan = RouteOf(api).Authorization!;

        Assert.Equal((AuthorizationKind.Token, JwtProfile.Http), (plan.Kind, plan.Token!.Jwt.Profile));
        Assert.Equal((place, name), (plan.Token.Source.Place, plan.Token.Source.Name));
        Assert.Equal(["read"], plan.Token.Scopes);
    }

    [Fact]
    public void Compile_JwtWithTwoSources_IsAnError() =>
        Assert.NotEmpty(Compiled.Errors(Jwt("$request.header.a", "$request.querystring.b")).Errors);

    private static HttpApiDefinition Jwt(params string[] sources)
    {
        var issuer = new JwtIssuerDefinition("https://login.example.com") { Audiences = { "a" } };
        var api = Api(authorizer =>
        {
            authorizer.Type = "JWT";
            authorizer.AuthorizerUri = null;
            authorizer.JwtConfiguration = new JwtConfigurationDefinition { Issuers = { issuer } };
            foreach (var source in sources)
            {
                authorizer.IdentitySources.Add(source);
            }
        });
        api.Routes[0].AuthorizationType = AuthorizationType.Jwt;
        return api;
    }

    private static AuthorizationPlan Plan(Action<AuthorizerDefinition> configure) => RouteOf(Api(configure)).Authorization!;

    private static RouteSnapshot RouteOf(HttpApiDefinition api) => Assert.Single(Assert.Single(Compiled.Snapshot(api).Stages).Routes.Routes);

    private static HttpApiDefinition Api(Action<AuthorizerDefinition> configure)
    {
        var authorizer = new AuthorizerDefinition("auth")
        {
            Type = "REQUEST",
            AuthorizerUri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations",
            AuthorizerPayloadFormatVersion = "2.0",
        };
        configure(authorizer);
        return new HttpApiDefinition("api")
        {
            Authorizers = { ["auth"] = authorizer },
            Routes =
            {
                new RouteDefinition("GET /x")
                {
                    AuthorizationType = AuthorizationType.Custom,
                    AuthorizerId = "auth",
                    Integration = new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = "https://b.example.com", IntegrationHttpMethod = "ANY" },
                },
            },
            Stages = { ["dev"] = new StageDefinition("dev") { Variables = { ["v"] = "1" } } },
        };
    }
}
