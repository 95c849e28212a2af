using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Documents that become HTTP APIs: rules D-1 to D-10.</summary>
public sealed class HttpImportTests
{
    [Fact]
    public void ImportHttp_ExportOfTheService_HasEverything()
    {
        var errors = HttpDocument.Read(TestDocument.Read("http-export.json"), out var api, source: "http-export.json");

        Assert.Empty(errors.Warnings);
        Assert.Empty(errors.Notes);
        Assert.Equal(
            ["$default", "GET /orders", "POST /orders", "GET /orders/{id}", "ANY /internal/{proxy+}", "POST /events"], api!.Routes.Select(static route => route.RouteKey));
        var read = api.Routes[1];
        Assert.Equal((AuthorizationType.Jwt, "shop-jwt"), (read.AuthorizationType, read.AuthorizerId));
        Assert.Equal(["orders.read", "orders.admin"], read.AuthorizationScopes);
        Assert.Equal((IntegrationKind.AwsProxy, "2.0"), (read.Integration!.Type, read.Integration.PayloadFormatVersion));
        Assert.Equal(5000, api.Routes[0].Integration!.TimeoutInMillis);
        var mapped = api.Routes[3].Integration!;
        Assert.Equal("$context.authorizer.tenant", mapped.RequestParameters["append:header.x-tenant"]);
        Assert.Equal("410", mapped.ResponseParameters["404"]["overwrite:statuscode"]);
        Assert.Equal(AuthorizationType.AwsIam, api.Routes[4].AuthorizationType);
        Assert.Equal(("VPC_LINK", "abc123", "internal.example.com"), (api.Routes[4].Integration!.ConnectionType, api.Routes[4].Integration!.ConnectionId, api.Routes[4].Integration!.ServerNameToVerify));
        Assert.Equal("SQS-SendMessage", api.Routes[5].Integration!.IntegrationSubtype);
        Assert.Equal(["https://shop.example.com"], api.CorsConfiguration!.AllowOrigins);
        Assert.Equal((600, true), (api.CorsConfiguration.MaxAge, api.CorsConfiguration.AllowCredentials));
        Assert.Equal((DefinitionProfile.Exact, 0), (api.Profile, api.Stages.Count));
    }

    [Fact]
    public void ImportHttp_ExportOfTheService_HasItsAuthorizers()
    {
        var api = HttpDocument.ImportFile("http-export.json");

        var jwt = api.Authorizers["shop-jwt"];
        var issuer = Assert.Single(jwt.JwtConfiguration!.Issuers);
        Assert.Equal(("JWT", "https://login.example.com/shop"), (jwt.Type, issuer.Issuer));
        Assert.Equal(["shop", "shop-admin"], issuer.Audiences);
        Assert.Equal(["$request.header.Authorization"], jwt.IdentitySources);
        var partner = api.Authorizers["partner"];
        Assert.Equal(("REQUEST", "2.0", true, 120), (partner.Type, partner.AuthorizerPayloadFormatVersion, partner.EnableSimpleResponses, partner.AuthorizerResultTtlInSeconds));
        Assert.Equal(["$request.header.x-partner", "$context.routeKey"], partner.IdentitySources);
        Assert.DoesNotContain("sigv4Reference", api.Authorizers.Keys);
    }

    [Fact]
    public void ImportHttp_SamBody_HasItsFunctionsAndSharedIntegrations()
    {
        var api = HttpDocument.ImportFile("http-sam.yaml", new() { Region = "eu-west-1", Substitutions = { ["AWS::StackName"] = "pets" } });

        Assert.Equal(["GET /pets", "GET /pets/{id}", "DELETE /pets/{id}", "$default"], api.Routes.Select(static route => route.RouteKey));
        Assert.Equal(
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:pets/invocations",
            api.Routes[0].Integration!.Uri);
        Assert.Equal("2.0", api.Routes[0].Integration!.PayloadFormatVersion);
        Assert.All(api.Routes.Skip(1), static route => Assert.Equal("integrations/petsFunction", route.Target));
        Assert.Equal(("1.0", 10000), (api.Integrations["petsFunction"].PayloadFormatVersion, api.Integrations["petsFunction"].TimeoutInMillis));
        Assert.Equal("1.0", api.Authorizers["LambdaAuthorizer"].AuthorizerPayloadFormatVersion);
        Assert.Equal([AuthorizationType.Jwt, AuthorizationType.Custom, AuthorizationType.AwsIam, AuthorizationType.None], api.Routes.Select(static route => route.AuthorizationType));
    }

    [Theory]
    [InlineData("swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths: {}")]
    [InlineData("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}")]
    public void ImportHttp_OtherVersion_IsAnError(string text) =>
        Assert.Contains("3.0", Assert.Single(HttpDocument.Read(text, out _).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x-amazon-apigateway-request-validator: all")]
    [InlineData("x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}")]
    [InlineData("x-amazon-apigateway-gateway-responses: {}")]
    [InlineData("x-amazon-apigateway-binary-media-types: ['*/*']")]
    [InlineData("x-amazon-apigateway-api-key-source: HEADER")]
    [InlineData("x-amazon-apigateway-minimum-compression-size: 5")]
    [InlineData("x-amazon-apigateway-policy: {}")]
    [InlineData("x-amazon-apigateway-documentation: {}")]
    [InlineData("components: {schemas: {A: {type: object}}}")]
    public void ImportHttp_RootOfRestApis_IsANote(string root)
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ {HttpDocument.Proxy()} }}", root), out _, new() { FailOnWarnings = true });

        Assert.Single(errors.Notes);
        Assert.Empty(errors.Warnings);
    }

    [Theory]
    [InlineData("requestBody: {content: {}}")]
    [InlineData("parameters: [{name: q, in: query}]")]
    [InlineData("x-amazon-apigateway-request-validator: all")]
    public void ImportHttp_ValidationOfAnOperation_IsANote(string member)
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ {member}, {HttpDocument.Proxy()} }}"), out _);

        Assert.Single(errors.Notes);
        Assert.Empty(errors.Warnings);
    }

    [Theory]
    [InlineData("requestTemplates: {}")]
    [InlineData("responses: {default: {statusCode: 200}}")]
    [InlineData("cacheKeyParameters: []")]
    [InlineData("cacheNamespace: a")]
    [InlineData("contentHandling: CONVERT_TO_TEXT")]
    [InlineData("passthroughBehavior: never")]
    public void ImportHttp_IntegrationPropertyOfRestApis_IsANote(string member)
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ {HttpDocument.Proxy($", {member}")} }}"), out _);

        Assert.Single(errors.Notes);
        Assert.Empty(errors.Warnings);
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("HTTP")]
    [InlineData("mock")]
    public void ImportHttp_IntegrationTypeOfRestApis_IsAWarningAndNoTarget(string type)
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ x-amazon-apigateway-integration: {{type: {type}, uri: 'https://b.example.com'}} }}"), out var api);

        Assert.Single(errors.Warnings);
        Assert.Null(Assert.Single(api!.Routes).Integration);
    }

    [Fact]
    public void ImportHttp_FailOnWarnings_MakesWarningsErrors()
    {
        HttpDocument.Read(HttpDocument.With("{ x-amazon-apigateway-integration: {type: mock} }"), out var api, new() { FailOnWarnings = true });

        Assert.Null(api);
    }

    [Theory]
    [InlineData("/$default")]
    [InlineData("$default")]
    public void ImportHttp_DefaultPath_IsTheDefaultRouteForAnyMethodAlone(string path)
    {
        var text = $$"""
            openapi: 3.0.1
            info: {title: t, version: "1"}
            servers: [{url: "https://x.example.com/base/v1"}]
            paths:
              {{path}}:
                x-amazon-apigateway-any-method: { {{HttpDocument.Proxy()}} }
            """;

        var api = HttpDocument.Import(text, new() { BasePathMode = BasePathMode.Prepend });

        Assert.Equal("$default", Assert.Single(api.Routes).RouteKey);
    }

    [Theory]
    [InlineData(BasePathMode.Ignore, "url: 'https://x.example.com/base/v1'", "GET /x", "GET /")]
    [InlineData(BasePathMode.Prepend, "url: 'https://x.example.com/base/v1'", "GET /base/v1/x", "GET /base/v1")]
    [InlineData(BasePathMode.Split, "url: 'https://x.example.com/base/v1'", "GET /v1/x", "GET /v1")]
    [InlineData(BasePathMode.Prepend, "url: 'https://x.example.com/other', variables: {basePath: {default: dev}}", "GET /dev/x", "GET /dev")]
    [InlineData(BasePathMode.Split, "url: 'https://x.example.com/{basePath}', variables: {basePath: {default: dev}}", "GET /x", "GET /")]
    public void ImportHttp_BasePath_FollowsTheMode(BasePathMode mode, string server, string first, string second)
    {
        var text = $$"""
            openapi: 3.0.1
            info: {title: t, version: "1"}
            servers: [{ {{server}} }]
            paths:
              /x: {get: { {{HttpDocument.Proxy()}} } }
              /: {get: { {{HttpDocument.Proxy()}} } }
            """;

        Assert.Equal([first, second], HttpDocument.Import(text, new() { BasePathMode = mode }).Routes.Select(static route => route.RouteKey));
    }

    [Fact]
    public void ImportHttp_PathWithSlashAtItsEnd_IsAnError()
    {
        var text = $$"""
            openapi: 3.0.1
            info: {title: t, version: "1"}
            paths: {/x/: {get: { {{HttpDocument.Proxy()}} } } }
            """;

        Assert.Contains("does not end", Assert.Single(HttpDocument.Read(text, out _).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportHttp_TwoSchemes_IsAnError()
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ security: [{{a: []}}, {{b: []}}], {HttpDocument.Proxy()} }}"), out _);

        Assert.Contains("one authorizer", Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", AuthorizationType.AwsIam)]
    [InlineData("security: [], ", AuthorizationType.None)]
    public void ImportHttp_SecurityOfTheDocument_HoldsForOperationsWithoutTheirOwn(string own, AuthorizationType type)
    {
        var root = """
            security: [{sig: []}]
            components: {securitySchemes: {sig: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}}}
            """;

        var api = HttpDocument.Import(HttpDocument.With($"{{ {own}{HttpDocument.Proxy()} }}", root));

        Assert.Equal(type, api.Routes[0].AuthorizationType);
    }

    [Theory]
    [InlineData("type: openIdConnect, openIdConnectUrl: 'https://login.example.com/a/.well-known/openid-configuration', x-amazon-apigateway-authorizer: {type: jwt, jwtConfiguration: {audience: [a]}, identitySource: $request.header.Authorization}", "https://login.example.com/a")]
    [InlineData("type: oauth2, x-amazon-apigateway-authorizer: {type: JWT, jwtConfiguration: {audience: a, issuer: 'https://login.example.com/'}, identitySource: $request.header.Authorization}", "https://login.example.com/")]
    public void ImportHttp_Issuer_ComesFromTheExtensionOrTheScheme(string scheme, string issuer)
    {
        var api = HttpDocument.Import(HttpDocument.With($"{{ security: [{{s: [r]}}], {HttpDocument.Proxy()} }}", $"components: {{securitySchemes: {{s: {{ {scheme} }} }} }}"));

        var read = Assert.Single(api.Authorizers["s"].JwtConfiguration!.Issuers);
        Assert.Equal(issuer, read.Issuer);
        Assert.Equal(["a"], read.Audiences);
        Assert.Equal(["r"], api.Routes[0].AuthorizationScopes);
    }

    [Theory]
    [InlineData("type: oauth2, x-amazon-apigateway-authorizer: {type: token}", "jwt or request")]
    [InlineData("type: oauth2, x-amazon-apigateway-authorizer: {type: cognito_user_pools}", "jwt or request")]
    [InlineData("type: oauth2, x-amazon-apigateway-authorizer: {type: jwt}", "jwtConfiguration")]
    [InlineData("type: apiKey, x-amazon-apigateway-authorizer: {type: request, authorizerUri: a, authorizerResultTtlInSeconds: 3601}", "3600")]
    public void ImportHttp_AuthorizerOfNoKnownForm_IsAnError(string scheme, string message)
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ {HttpDocument.Proxy()} }}", $"components: {{securitySchemes: {{s: {{ {scheme} }} }} }}"), out _);

        Assert.Contains(message, Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportHttp_SchemeWithoutExtension_IsWarnedAbout()
    {
        var errors = HttpDocument.Read(
            HttpDocument.With($"{{ security: [{{s: []}}], {HttpDocument.Proxy()} }}", "components: {securitySchemes: {s: {type: http, scheme: bearer}}}"), out var api);

        Assert.Contains("Everybody may call", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal(AuthorizationType.None, api!.Routes[0].AuthorizationType);
    }

    [Fact]
    public void ImportHttp_OpenIdSchemeWithAudiences_IsAnAuthorizer()
    {
        var text = HttpDocument.With(
            $"{{ security: [{{s: [read]}}], {HttpDocument.Proxy()} }}",
            "components: {securitySchemes: {s: {type: openIdConnect, openIdConnectUrl: 'https://login.example.com/a/.well-known/openid-configuration'}}}");

        var open = HttpDocument.Read(text, out _);
        var api = HttpDocument.Import(text, new() { Audiences = { "shop" } });

        Assert.Contains("Audiences", Assert.Single(open.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal(AuthorizationType.Jwt, api.Routes[0].AuthorizationType);
        Assert.Equal("https://login.example.com/a", api.Authorizers["s"].JwtConfiguration!.Issuers[0].Issuer);
    }

    [Fact]
    public void ImportHttp_ExportVersionOtherThan1_IsAnError()
    {
        var errors = HttpDocument.Read(HttpDocument.With($"{{ {HttpDocument.Proxy()} }}", "x-amazon-apigateway-importexport-version: '2.0'"), out _);

        Assert.Contains("'1.0'", Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportHttp_CloudFormationMappings_AreReadAsTheOthers()
    {
        var api = HttpDocument.Import(HttpDocument.With(
            $"{{ {HttpDocument.Proxy(", responseParameters: {'200': {ResponseParameters: [{Destination: 'append:header.a', Source: b}]}}")} }}"));

        Assert.Equal("b", api.Routes[0].Integration!.ResponseParameters["200"]["append:header.a"]);
    }

    [Fact]
    public void ImportHttp_EndpointConfiguration_DisablesTheDefaultEndpoint()
    {
        var api = HttpDocument.Import(HttpDocument.With(
            $"{{ {HttpDocument.Proxy()} }}", "servers: [{url: 'https://a', x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}}]"));

        Assert.True(api.DisableExecuteApiEndpoint);
    }

    [Theory]
    [InlineData("IN_PROCESS", IntegrationKind.InProcess, null)]
    [InlineData("http://orders:8080", IntegrationKind.HttpProxy, "http://orders:8080/x")]
    public void ImportHttp_PlainDocument_TakesTheDefaultIntegration(string integration, IntegrationKind kind, string? uri)
    {
        var api = HttpDocument.Import(HttpDocument.With("{responses: {}}"), new() { DefaultIntegration = integration });

        Assert.Equal((kind, uri, DefinitionProfile.Embedded), (api.Routes[0].Integration!.Type, api.Routes[0].Integration!.Uri, api.Profile));
    }
}
