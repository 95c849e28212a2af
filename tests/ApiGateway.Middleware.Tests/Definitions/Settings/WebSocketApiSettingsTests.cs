using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Definitions.Settings;

/// <summary>Every member of a WebSocket API from settings, and what there is not.</summary>
public sealed class WebSocketApiSettingsTests
{
    [Fact]
    public async Task Load_Members_AreRead()
    {
        var (definition, errors) = await LoadAsync("""
            "RouteSelectionExpression": "$request.body.a", "ApiKeySelectionExpression": "$request.header.x-api-key", "DisableSchemaValidation": true, "Version": "1", "Tags": { "team": "a" },
            "Connections": { "Enabled": false, "AuthorizationType": "CUSTOM", "AuthorizerId": "auth" },
            "Authorizers": { "auth": { "Handler": "h", "IdentitySource": [ "route.request.header.A" ] } },
            "Models": { "m": { "Schema": { "type": "object" } } },
            "Integrations": { "i": { "IntegrationType": "HTTP", "IntegrationUri": "http://a/", "IntegrationMethod": "POST", "ContentHandlingStrategy": "CONVERT_TO_TEXT",
              "TemplateSelectionExpression": "${request.body.t}", "RequestTemplates": { "t": "x" },
              "IntegrationResponses": [
                { "IntegrationResponseKey": "/b/", "TemplateSelectionExpression": "s", "ContentHandlingStrategy": "CONVERT_TO_BINARY" },
                { "IntegrationResponseKey": "/a/" }, { "IntegrationResponseKey": "$default" } ] } },
            "Routes": { "join": { "OperationName": "o", "Target": "integrations/i", "ModelSelectionExpression": "$request.body.m", "RequestModels": { "$default": "m" },
              "RequestParameters": { "route.request.querystring.a": false }, "RouteResponseSelectionExpression": "$default",
              "RouteResponses": { "$default": { "ModelSelectionExpression": "x", "ResponseModels": { "a": "m" } } } },
              "$connect": { "AuthorizationType": "CUSTOM", "AuthorizerId": "auth", "ApiKeyRequired": true } },
            "Stages": { "prod": { "AutoDeploy": true, "StageVariables": { "a": "b" }, "RouteSettings": { "join": { "ThrottlingRateLimit": 5, "LoggingLevel": "INFO", "DataTraceEnabled": true } } } }
            """);

        var api = Assert.IsType<WebSocketApiDefinition>(Assert.Single(definition.Apis));
        Assert.Empty(errors.Errors);
        Assert.Equal(("$request.body.a", "$request.header.x-api-key", true, "1"), (api.RouteSelectionExpression, api.ApiKeySelectionExpression, api.DisableSchemaValidation, api.Version));
        Assert.Equal((false, AuthorizationType.Custom, "auth"), (api.Connections.Enabled, api.Connections.AuthorizationType, api.Connections.AuthorizerId));
        Assert.Equal("REQUEST", api.Authorizers["auth"].Type);
        Assert.Equal("a", api.Tags["team"]);
        Assert.Equal(["m"], api.Models.Keys);
        var integration = api.Integrations["i"];
        Assert.Equal((IntegrationKind.Http, "http://a/", "POST", ContentHandling.ConvertToText, "${request.body.t}"), (integration.Type, integration.Uri, integration.IntegrationHttpMethod, integration.ContentHandling, integration.TemplateSelectionExpression));
        Assert.Equal(["/b/", "/a/", "$default"], integration.IntegrationResponses.Select(static response => response.IntegrationResponseKey));
        Assert.Equal(("s", ContentHandling.ConvertToBinary), (integration.IntegrationResponses[0].TemplateSelectionExpression, integration.IntegrationResponses[0].ContentHandling));
        var join = api.Routes.Single(static route => route.RouteKey == "join");
        Assert.Equal(("o", "integrations/i", "$request.body.m", "$default", "m"), (join.OperationName, join.Target, join.ModelSelectionExpression, join.RouteResponseSelectionExpression, join.RequestModels["$default"]));
        Assert.Equal(("x", "m"), (join.RouteResponses["$default"].ModelSelectionExpression, join.RouteResponses["$default"].ResponseModels["a"]));
        Assert.False(join.RequestParameters["route.request.querystring.a"]);
        var connect = api.Routes.Single(static route => route.RouteKey == "$connect");
        Assert.Equal((AuthorizationType.Custom, "auth", true), (connect.AuthorizationType, connect.AuthorizerId, connect.ApiKeyRequired));
        Assert.Equal((ExecutionLogLevel.Info, true), (api.Stages["prod"].RouteSettings["join"].LoggingLevel, api.Stages["prod"].RouteSettings["join"].DataTraceEnabled));
        Assert.Equal(("b", true, 5), (api.Stages["prod"].Variables["a"], api.Stages["prod"].AutoDeploy, api.Stages["prod"].RouteSettings["join"].ThrottlingRateLimit));
    }

    [Fact]
    public async Task Load_EachMemberOfTheService_IsKnown()
    {
        var (_, errors) = await LoadAsync("""
            "Id": "abc123", "Description": "d", "Version": "1", "RouteSelectionExpression": "$request.body.a", "ApiKeySelectionExpression": "$request.header.x-api-key",
            "DisableSchemaValidation": true, "DisableExecuteApiEndpoint": true, "Tags": { "a": "b" },
            "Authorizers": { "auth": { "Name": "n", "AuthorizerType": "REQUEST", "AuthorizerUri": "arn:aws:lambda:us-east-1:123456789012:function:auth",
              "AuthorizerCredentialsArn": "arn:aws:iam::123456789012:role/r", "IdentitySource": [ "route.request.header.A" ] } },
            "Models": { "m": { "Name": "m", "Description": "d", "ContentType": "application/json", "Schema": {} } },
            "Integrations": { "i": { "Description": "d", "IntegrationType": "HTTP_PROXY", "IntegrationUri": "https://a/", "IntegrationMethod": "POST", "ConnectionType": "VPC_LINK",
              "ConnectionId": "link", "CredentialsArn": "arn:aws:iam::123456789012:role/r", "RequestParameters": { "integration.request.header.a": "context.connectionId" },
              "RequestTemplates": {}, "TemplateSelectionExpression": "\\$default", "PassthroughBehavior": "NEVER", "ContentHandlingStrategy": "CONVERT_TO_TEXT",
              "TimeoutInMillis": 50, "TlsConfig": { "ServerNameToVerify": "a.test" }, "PayloadFormatVersion": "1.0",
              "IntegrationResponses": [ { "IntegrationResponseKey": "$default", "ResponseParameters": {}, "ResponseTemplates": {},
                "TemplateSelectionExpression": "x", "ContentHandlingStrategy": "CONVERT_TO_TEXT" } ] } },
            "Routes": { "$connect": { "Target": "integrations/i", "AuthorizationType": "CUSTOM", "AuthorizerId": "auth", "ApiKeyRequired": true, "OperationName": "o",
              "ModelSelectionExpression": "x", "RequestModels": {}, "RequestParameters": { "route.request.header.a": true },
              "RouteResponseSelectionExpression": "$default", "RouteResponses": { "$default": { "ModelSelectionExpression": "x", "ResponseModels": {}, "ResponseParameters": {} } } } },
            "Stages": { "prod": { "Description": "d", "DeploymentId": "dep", "AutoDeploy": true, "StageVariables": { "a": "b" }, "ClientCertificateId": "cert", "Tags": { "a": "b" },
              "DefaultRouteSettings": { "DetailedMetricsEnabled": true, "LoggingLevel": "ERROR", "DataTraceEnabled": false, "ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 1 },
              "RouteSettings": { "$connect": { "LoggingLevel": "OFF" } },
              "AccessLogSettings": { "DestinationArn": "arn:aws:logs:us-east-1:123456789012:log-group:a", "Format": "$context.requestId" } } }
            """);

        Assert.Empty(errors.Errors);
        Assert.Contains("ClientCertificateId Backends get no client certificate.", Assert.Single(errors.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"CorsConfiguration\": {}", "WebSocket APIs answer no requests of browsers")]
    [InlineData("\"Target\": \"x\"", "WebSocket APIs have no quick create")]
    [InlineData("\"Policy\": \"{}\"", "WebSocket APIs have no resource policy")]
    [InlineData("\"GatewayResponses\": {}", "WebSocket APIs have fixed error responses")]
    [InlineData("\"Routes\": { \"a\": { \"AuthorizationScopes\": [ \"x\" ] } }", "WebSocket APIs have no JWT authorizers")]
    [InlineData("\"Routes\": { \"a\": { \"AuthorizationType\": \"JWT\" } }", "must be one of NONE, AWS_IAM, CUSTOM")]
    [InlineData("\"Routes\": { \"a\": { \"Integration\": { \"Type\": \"MOCK\", \"IntegrationResponses\": [ { \"StatusCode\": 200 } ] } } }", "Integration responses of WebSocket APIs have 'IntegrationResponseKey'")]
    [InlineData("\"Stages\": { \"prod\": { \"MethodSettings\": {} } }", "WebSocket APIs have 'RouteSettings' and 'DefaultRouteSettings'")]
    [InlineData("\"Models\": { \"a\": { \"Name\": \"b\", \"Schema\": {} } }", "A model's name is its key, 'a'.")]
    [InlineData("\"RouteSelectionExpresion\": \"x\"", "Did you mean 'RouteSelectionExpression'?")]
    [InlineData("\"Definition\": \"a.json\"", "WebSocket APIs have no OpenAPI form.")]
    public async Task Load_WhatThereIsNot_IsTold(string members, string error)
    {
        var (_, errors) = await LoadAsync(members);

        Assert.Contains(errors.Errors, item => item.Message.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void Builder_EachMethod_WritesTheDefinition()
    {
        var api = new WebSocketApiBuilder("chat").SelectRouteBy("$request.body.x").BasePath("/live").Host("a.test")
            .Authorizer("auth", static authorizer => authorizer.Handler = "h").Model("m", "{}")
            .Integration("i", new IntegrationDefinition(IntegrationKind.Mock))
            .OnConnect(static route => route.Lambda("f").Authorize("auth").RequireApiKey())
            .OnDisconnect(static route => route.HttpProxy("http://a/"))
            .OnDefault(static route => route.Target("i").TwoWay().Model("m"))
            .Map("a", static route => route.InProcess("h"))
            .Stage("prod", ("v", "1")).Throttle("prod", 5, 6).Throttle("prod", 1, 2, "a").Definition;

        Assert.Equal(["$connect", "$disconnect", "$default", "a"], api.Routes.Select(static route => route.RouteKey));
        Assert.Equal((AuthorizationType.Custom, "auth", true, "f"), (api.Routes[0].AuthorizationType, api.Routes[0].AuthorizerId, api.Routes[0].ApiKeyRequired, api.Routes[0].Integration!.Uri));
        Assert.Equal(("integrations/i", "$default", "m"), (api.Routes[2].Target, api.Routes[2].RouteResponseSelectionExpression, api.Routes[2].RequestModels["$default"]));
        Assert.Equal(("$request.body.x", "/live", "a.test"), (api.RouteSelectionExpression, api.BasePath, api.Hosts[0]));
        Assert.Equal((5, 2), (api.Stages["prod"].DefaultRouteSettings!.ThrottlingRateLimit, api.Stages["prod"].RouteSettings["a"].ThrottlingBurstLimit));
        Assert.Throws<ArgumentException>(() => new WebSocketApiBuilder("x").Throttle("none", 1, 1));
    }

    private static async Task<(GatewayDefinition Definition, DefinitionErrors Errors)> LoadAsync(string members)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(
            Encoding.UTF8.GetBytes($$"""{ "ApiGateway": { "Apis": { "chat": { "ProtocolType": "WEBSOCKET", {{members}} } } } }"""))).Build());
        services.AddApiGateway();
        await using var provider = services.BuildServiceProvider();
        var (definition, errors) = (new GatewayDefinition(), new DefinitionErrors());
        await provider.GetServices<IDefinitionProvider>().Single().LoadAsync(definition, errors, TestContext.Current.CancellationToken);
        return (definition, errors);
    }
}
