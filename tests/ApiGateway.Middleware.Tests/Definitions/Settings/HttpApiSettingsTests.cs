using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Definitions.Settings;

/// <summary>Every member of an HTTP API from settings.</summary>
public sealed class HttpApiSettingsTests
{
    [Fact]
    public async Task Load_ApiMembers_AreRead()
    {
        var api = await LoadApiAsync("""
            "Id": "abc123", "Description": "d", "Hosts": [ "a.test" ], "BasePath": "/shop", "DisableExecuteApiEndpoint": true, "ResponseIds": false,
            "RouteSelectionExpression": "${request.method} ${request.path}", "ErrorFormat": "ProblemDetails",
            "CorsConfiguration": { "AllowOrigins": ["https://a"], "AllowMethods": ["GET"], "AllowHeaders": ["X-A"], "ExposeHeaders": ["X-B"], "MaxAge": 5, "AllowCredentials": true }
            """);

        Assert.Equal(ApiKind.Http, api.Kind);
        Assert.Equal(("abc123", "d", "/shop", true, false), (api.Id, api.Description, api.BasePath, api.DisableExecuteApiEndpoint, api.ResponseIds));
        Assert.Equal(["a.test"], api.Hosts);
        Assert.Equal("${request.method} ${request.path}", api.RouteSelectionExpression);
        Assert.Equal(ErrorFormat.ProblemDetails, api.ErrorFormat);
        var cors = api.CorsConfiguration!;
        Assert.Equal(("https://a", "GET", "X-A", "X-B"), (cors.AllowOrigins[0], cors.AllowMethods[0], cors.AllowHeaders[0], cors.ExposeHeaders[0]));
        Assert.Equal((5, true), (cors.MaxAge, cors.AllowCredentials));
    }

    [Theory]
    [InlineData("""
        "Cors": "https://a"
        """)]
    [InlineData("""
        "CorsConfiguration": [ "https://a" ]
        """)]
    public async Task Load_CorsInShort_IsItsOrigins(string members)
    {
        var api = await LoadApiAsync(members);

        Assert.Equal(["https://a"], api.CorsConfiguration!.AllowOrigins);
    }

    [Fact]
    public async Task Load_Routes_AreRead()
    {
        var api = await LoadApiAsync("""
            "Routes": {
              "GET /orders/{id}": { "OperationName": "op", "AuthorizationType": "JWT", "AuthorizerId": "a", "AuthorizationScopes": ["read", "write"], "Target": "integrations/one" },
              "$default": { "AuthorizationType": "CUSTOM", "Integration": { "Type": "IN_PROCESS" } },
              "POST /x": { "AuthorizationType": "AWS_IAM" }
            }
            """);

        var routes = api.Routes.ToDictionary(static route => route.RouteKey);
        var first = routes["GET /orders/{id}"];
        Assert.Equal(("op", AuthorizationType.Jwt, "a", "integrations/one"), (first.OperationName, first.AuthorizationType, first.AuthorizerId, first.Target));
        Assert.Equal(["read", "write"], first.AuthorizationScopes);
        Assert.Equal(IntegrationKind.InProcess, routes["$default"].Integration!.Type);
        Assert.Equal(AuthorizationType.Custom, routes["$default"].AuthorizationType);
        Assert.Equal((AuthorizationType.AwsIam, null), (routes["POST /x"].AuthorizationType, routes["POST /x"].Integration));
    }

    [Theory]
    [InlineData("""
        "Type": "AWS_PROXY", "Uri": "u", "IntegrationHttpMethod": "POST", "Credentials": "c",
        "ResponseParameters": { "500": { "overwrite:statuscode": "403", "append:header.A": "b" } }
        """)]
    [InlineData("""
        "IntegrationType": "AWS_PROXY", "IntegrationUri": "u", "IntegrationMethod": "POST", "CredentialsArn": "c",
        "ResponseParameters": { "500": { "ResponseParameters": [
          { "Destination": "overwrite:statuscode", "Source": "403" }, { "Destination": "append:header.A", "Source": "b" } ] } }
        """)]
    public async Task Load_Integration_HasTheNamesOfBothVersions(string members)
    {
        var api = await LoadApiAsync($$"""
            "Integrations": { "one": { {{members}}, "PayloadFormatVersion": "2.0", "IntegrationSubtype": "SQS-SendMessage", "TlsConfig": { "ServerNameToVerify": "s" },
              "Description": "d", "TimeoutInMillis": 100, "ConnectionType": "VPC_LINK", "ConnectionId": "v",
              "RequestParameters": { "append:header.h2": "$request.header.h1", "QueueUrl": "q" } } }
            """);

        var integration = api.Integrations["one"];
        Assert.Equal((IntegrationKind.AwsProxy, "u", "POST", "c"), (integration.Type, integration.Uri, integration.IntegrationHttpMethod, integration.Credentials));
        Assert.Equal(
            ("2.0", "SQS-SendMessage", "s", "d", 100),
            (integration.PayloadFormatVersion, integration.IntegrationSubtype, integration.ServerNameToVerify, integration.Description, integration.TimeoutInMillis));
        Assert.Equal(("VPC_LINK", "v"), (integration.ConnectionType, integration.ConnectionId));
        Assert.Equal(("$request.header.h1", "q"), (integration.RequestParameters["append:header.h2"], integration.RequestParameters["QueueUrl"]));
        var response = Assert.Single(integration.ResponseParameters);
        Assert.Equal("500", response.Key);
        Assert.Equal(
            [("append:header.A", "b"), ("overwrite:statuscode", "403")],
            response.Value.OrderBy(static item => item.Key, StringComparer.Ordinal).Select(static item => (item.Key, item.Value)));
    }

    [Fact]
    public async Task Load_Authorizers_AreOfTypeRequestUnlessTheySayOtherwise()
    {
        var api = await LoadApiAsync("""
            "Authorizers": {
              "function": { "AuthorizerUri": "u", "AuthorizerPayloadFormatVersion": "2.0", "EnableSimpleResponses": true, "IdentitySource": [ "$request.header.A", "$context.routeKey" ] },
              "list": { "Type": "REQUEST", "IdentitySources": [ "$request.querystring.a" ] },
              "token": { "IdentitySource": "$request.header.Authorization", "JwtConfiguration": { "Issuer": "https://i", "Audience": [ "x" ] } }
            }
            """);

        var function = api.Authorizers["function"];
        Assert.Equal(("REQUEST", "2.0", true), (function.Type, function.AuthorizerPayloadFormatVersion, function.EnableSimpleResponses));
        Assert.Equal(["$request.header.A", "$context.routeKey"], function.IdentitySources);
        Assert.Equal(["$request.querystring.a"], api.Authorizers["list"].IdentitySources);
        Assert.Equal(("JWT", "$request.header.Authorization"), (api.Authorizers["token"].Type, api.Authorizers["token"].IdentitySource));
    }

    [Fact]
    public async Task Load_Stages_AreRead()
    {
        var api = await LoadApiAsync("""
            "Stages": {
              "$default": { "AutoDeploy": true, "Description": "d", "StageVariables": { "a": "b" },
                "DefaultRouteSettings": { "ThrottlingRateLimit": 1.5, "ThrottlingBurstLimit": 2, "DetailedMetricsEnabled": true },
                "RouteSettings": { "GET /orders": { "ThrottlingBurstLimit": 0 } } },
              "dev": { "Variables": { "c": "d" } }
            }
            """);

        var stage = api.Stages["$default"];
        Assert.Equal((true, "d", "b"), (stage.AutoDeploy, stage.Description, stage.Variables["a"]));
        var all = stage.DefaultRouteSettings!;
        Assert.Equal((1.5, 2, true), (all.ThrottlingRateLimit, all.ThrottlingBurstLimit, all.DetailedMetricsEnabled));
        Assert.Equal((null, 0), (stage.RouteSettings["GET /orders"].ThrottlingRateLimit, stage.RouteSettings["GET /orders"].ThrottlingBurstLimit));
        Assert.Equal("d", api.Stages["dev"].Variables["c"]);
    }

    [Theory]
    [InlineData(""" "Rotes": {} """, "'Rotes' is not known here. Did you mean 'Routes'?")]
    [InlineData(""" "Models": {} """, "'Models' is not known here: HTTP APIs do not validate requests. Remove it, or use a REST API.")]
    [InlineData(""" "RequestValidators": {} """, "'RequestValidators' is not known here: HTTP APIs do not validate requests.")]
    [InlineData(""" "GatewayResponses": {} """, "'GatewayResponses' is not known here: HTTP APIs have fixed error responses.")]
    [InlineData(""" "ApiKeySource": "HEADER" """, "'ApiKeySource' is not known here: HTTP APIs have no API keys.")]
    [InlineData(""" "Policy": "{}" """, "'Policy' is not known here: HTTP APIs have no resource policy.")]
    [InlineData(""" "Routes": { "GET /a": { "RequestValidatorId": "x" } } """, "'RequestValidatorId' is not known here: HTTP APIs do not validate requests.")]
    [InlineData(""" "Stages": { "dev": { "CacheClusterEnabled": true } } """, "'CacheClusterEnabled' is not known here: HTTP APIs do not cache responses.")]
    [InlineData(""" "Routes": { "GET /a": { "ApiKeyRequired": true } } """, "'ApiKeyRequired' is not known here: HTTP APIs have no API keys.")]
    [InlineData(""" "Routes": { "GET /a": { "AuthorizationType": "JTW" } } """, "'AuthorizationType' must be one of NONE, AWS_IAM, CUSTOM, JWT, but is 'JTW'.")]
    [InlineData(""" "Stages": { "dev": { "MethodSettings": {} } } """, "'MethodSettings' is not known here: HTTP APIs have 'RouteSettings'")]
    [InlineData(""" "Stages": { "dev": { "RouteSettings": { "GET /a": { "ThrottlingRateLimt": 1 } } } } """, "Did you mean 'ThrottlingRateLimit'?")]
    [InlineData(""" "Integrations": { "a": { "Type": "HTTP_PROXY", "ResponseParameters": { "200": { "ResponseParameters": [ { "Source": "x" } ] } } } } """, "needs a 'Destination' and a 'Source'")]
    public async Task Load_Mistakes_AreTold(string members, string expected)
    {
        var (_, errors) = await LoadAsync(members);

        Assert.Contains(errors.Errors, error => error.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Builder_PartsOfAnApi_AreWritten()
    {
        var api = new HttpApiBuilder("shop")
            .Map("GET /a", static route => route.LambdaProxy("function").AuthorizeJwt("token", "read"))
            .Map("GET /b", static route => route.Target("one").Authorize("function"))
            .Map("$default", static route => route.InProcess("h", static integration => integration.TimeoutInMillis = 50).AuthorizeIam())
            .Integration("one", new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = "http://a/" })
            .Stage("$default", ("a", "b")).Throttle("$default", 1, 2).Throttle("$default", 3, 4, "GET /a")
            .Host("a.test").BasePath("/shop")
            .Cors(static cors => cors.AllowOrigins.Add("*"))
            .Authorizer("function", static authorizer => authorizer.AuthorizerUri = "f")
            .Definition;

        Assert.Equal(("2.0", AuthorizationType.Jwt, "read"), (api.Routes[0].Integration!.PayloadFormatVersion, api.Routes[0].AuthorizationType, api.Routes[0].AuthorizationScopes[0]));
        Assert.Equal(("integrations/one", AuthorizationType.Custom, "function"), (api.Routes[1].Target, api.Routes[1].AuthorizationType, api.Routes[1].AuthorizerId));
        Assert.Equal((50, AuthorizationType.AwsIam), (api.Routes[2].Integration!.TimeoutInMillis, api.Routes[2].AuthorizationType));
        Assert.Equal(("b", 1, 4), (api.Stages["$default"].Variables["a"], api.Stages["$default"].DefaultRouteSettings!.ThrottlingRateLimit, api.Stages["$default"].RouteSettings["GET /a"].ThrottlingBurstLimit));
        Assert.Equal(("a.test", "/shop", "REQUEST"), (api.Hosts[0], api.BasePath, api.Authorizers["function"].Type));
        Assert.Throws<ArgumentException>(static () => new HttpApiBuilder("shop").Throttle("dev", 1, 1));
    }

    [Theory]
    [InlineData("https://backend.test/base", IntegrationKind.HttpProxy, null)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:orders", IntegrationKind.AwsProxy, "2.0")]
    public async Task QuickCreate_Target_GetsEverything(string target, IntegrationKind kind, string? format)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddApiGateway().AddHttpApi("quick", target);
        await using var provider = services.BuildServiceProvider();
        var definition = new GatewayDefinition();
        foreach (var source in provider.GetServices<IDefinitionProvider>())
        {
            await source.LoadAsync(definition, new DefinitionErrors(), CancellationToken.None);
        }

        var api = Assert.IsType<HttpApiDefinition>(Assert.Single(definition.Apis));
        var route = Assert.Single(api.Routes);
        Assert.Equal(("$default", kind, target, format), (route.RouteKey, route.Integration!.Type, route.Integration.Uri, route.Integration.PayloadFormatVersion));
        Assert.True(Assert.Single(api.Stages).Value.AutoDeploy);
        Assert.Equal("$default", api.Stages.Keys.Single());
    }

    private static async Task<HttpApiDefinition> LoadApiAsync(string members)
    {
        var (definition, errors) = await LoadAsync(members);
        Assert.Empty(errors.Errors);
        return Assert.IsType<HttpApiDefinition>(Assert.Single(definition.Apis));
    }

    private static async Task<(GatewayDefinition Definition, DefinitionErrors Errors)> LoadAsync(string members)
    {
        var json = $$"""{ "ApiGateway": { "Apis": { "shop": { "ProtocolType": "HTTP", {{members}} } } } }""";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        services.AddApiGateway();
        await using var provider = services.BuildServiceProvider();
        var (definition, errors) = (new GatewayDefinition(), new DefinitionErrors());
        await provider.GetRequiredService<IDefinitionProvider>().LoadAsync(definition, errors, CancellationToken.None);
        return (definition, errors);
    }
}
