using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class WebSocketApiCompilerTests
{
    public static TheoryData<string, Action<WebSocketApiDefinition>, string> Errors => new()
    {
        { "selection missing", static api => api.RouteSelectionExpression = null, "Apis:chat:RouteSelectionExpression A WebSocket API needs an expression" },
        { "selection wrong", static api => api.RouteSelectionExpression = "$request.header.a", "Apis:chat:RouteSelectionExpression has the variable '$request.header.a'" },
        { "key source", static api => api.ApiKeySelectionExpression = "$request.header.x", "Apis:chat:ApiKeySelectionExpression must be '$request.header.x-api-key' or" },
        { "route key", static api => Add(api, "$other"), "Apis:chat:Routes:$other A route's key is '$connect', '$disconnect', '$default', or a text that does not begin with '$'" },
        { "route twice", static api => Add(api, "a"), "Apis:chat:Routes:a Another route has the key 'a'" },
        { "access", static api => api.Routes[0].AuthorizationType = AuthorizationType.AwsIam, "Apis:chat:Routes:a:AuthorizationType Callers are authorized when they connect." },
        { "JWT", static api => Add(api, "$connect").AuthorizationType = AuthorizationType.Jwt, "Apis:chat:Routes:$connect:AuthorizationType WebSocket APIs know NONE, AWS_IAM and CUSTOM." },
        { "scopes", static api => api.Routes[0].AuthorizationScopes.Add("a"), "Apis:chat:Routes:a:AuthorizationScopes Scopes are for JWT authorizers" },
        { "rate limits", static api => api.Routes[0].RateLimits["a"] = new RateLimitDefinition { RateLimit = 1 }, "Apis:chat:Routes:a:RateLimits Limits by caller are for REST and HTTP APIs." },
        { "rate limits of the API", static api => api.RateLimits["a"] = new RateLimitDefinition { RateLimit = 1 }, "Apis:chat:RateLimits Limits by caller are for REST and HTTP APIs." },
        { "response expression", static api => api.Routes[0].RouteResponseSelectionExpression = "$other", "Apis:chat:Routes:a:RouteResponseSelectionExpression must be '$default', but is '$other'." },
        { "response key", static api => api.Routes[0].RouteResponses["a"] = new RouteResponseDefinition("a"), "Apis:chat:Routes:a:RouteResponses:a The key of a route response is '$default'" },
        { "target unknown", static api => api.Routes[0].Target = "integrations/x", "Apis:chat:Routes:a:Target" },
        { "model unknown", static api => api.Routes[0].RequestModels["$default"] = "X", "Apis:chat:Routes:a:RequestModels:$default There is no model 'X'." },
        { "model expression", static api => api.Routes[0].ModelSelectionExpression = "$a", "Apis:chat:Routes:a:ModelSelectionExpression has the variable '$a'" },
        { "response regex", static api => Mock(api).IntegrationResponses.Add(Response("/(/")), "IntegrationResponseKey must be '$default' or a regular expression between slashes" },
        { "response without key", static api => Mock(api).IntegrationResponses.Add(Response(null)), "IntegrationResponseKey must be '$default' or a regular expression between slashes" },
        { "response twice", static api => Twice(Mock(api)), "IntegrationResponseKey Another integration response has the key '$default'." },
        { "response status", static api => Mock(api).IntegrationResponses.Add(new IntegrationResponseDefinition("200") { IntegrationResponseKey = "$default" }), "have 'IntegrationResponseKey' in place of 'StatusCode'" },
        { "template expression", static api => Mock(api).TemplateSelectionExpression = "$context.a", "TemplateSelectionExpression has the variable '$context.a'" },
        { "template", static api => Mock(api).RequestTemplates["$default"] = "#if(", "RequestTemplates:$default The template cannot be read." },
        { "streaming", static api => Mock(api).Streaming = true, "Streaming WebSocket APIs pass messages as a whole. Remove 'Streaming'." },
        { "subtype", static api => api.Routes[0].Integration = new IntegrationDefinition(IntegrationKind.AwsProxy) { IntegrationSubtype = "SQS-SendMessage" }, "Subtypes are for HTTP APIs" },
        { "timeout", static api => Mock(api).TimeoutInMillis = 29_001, "TimeoutInMillis must be from 50 to 29000, but is 29001." },
        { "handler", static api => api.Routes[0].Integration = new IntegrationDefinition(IntegrationKind.InProcess) { Handler = "x" }, "must be the name of a handler of messages, but is 'x'. Register it with AddWebSocketHandler(\"x\", ...). Known: none." },
        { "no handler", static api => api.Routes[0].Integration = new IntegrationDefinition(IntegrationKind.InProcess), "must be the name of a handler of messages, but there is none." },
        { "proxy template", static api => api.Routes[0].Integration = new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = "http://a/", RequestTemplates = { ["$default"] = "" } }, "RequestTemplates Proxies and handlers get messages as they are." },
        { "parameter", static api => Mock(api).RequestParameters["integration.request.header.a"] = "method.request.header.a", "Invalid mapping expression specified" },
        { "stage settings", static api => api.Stages["dev"].RouteSettings["x"] = new RouteSettingDefinition(), "The API has no route 'x'." },
        { "stage cache", static api => api.Stages["dev"].CacheClusterEnabled = true, "Apis:chat:Stages:dev:CacheClusterEnabled WebSocket APIs do not cache answers." },
        { "authorizer type", static api => Custom(api, new AuthorizerDefinition("auth") { Type = "TOKEN" }), "Apis:chat:Authorizers:auth:Type Authorizers of WebSocket APIs are of type REQUEST, but 'auth' is of type TOKEN." },
        { "authorizer unused", static api => api.Authorizers["auth"] = new AuthorizerDefinition("auth") { Type = "JWT" }, "Authorizers of WebSocket APIs are of type REQUEST, but 'auth' is of type JWT." },
        { "identity source", static api => Custom(api, new AuthorizerDefinition("auth") { Type = "REQUEST", IdentitySource = "method.request.header.a" }), "An identity source is 'route.request.header.{name}'" },
        { "connections authorizer", static api => api.Connections.AuthorizationType = AuthorizationType.Custom, "Apis:chat:Connections:AuthorizerId Invalid authorizer ID specified." },
    };

    public static TheoryData<string, Action<WebSocketApiDefinition>, string> Warnings => new()
    {
        { "no stage", static api => api.Stages.Clear(), "Apis:chat:Stages API 'chat' has no stage, so nothing can reach it." },
        { "no target", static api => api.Routes[0].Integration = null, "Apis:chat:Routes:a The route has neither 'Target' nor 'Integration'." },
        { "API key", static api => api.Routes[0].ApiKeyRequired = true, "Apis:chat:Routes:a:ApiKeyRequired Keys are asked for when clients connect" },
        { "keys of nobody", static api => Add(api, "$connect").ApiKeyRequired = true, "so every handshake is refused" },
        { "required parameter", static api => api.Routes[0].RequestParameters["route.request.querystring.a"] = true, "Required parameters are documentation" },
        { "half a response", static api => api.Routes[0].RouteResponseSelectionExpression = "$default", "The route answers its messages only with both" },
        { "keys of no authorizer", static api => KeyFromAuthorizer(api), "Apis:chat:ApiKeySelectionExpression '$connect' has no authorizer that could give a key" },
        { "TTL of nothing", static api => Custom(api, Authorizer(0)), "'AuthorizerResultTtlInSeconds' is for HTTP APIs; with WebSocket APIs it has no effect" },
        { "TTL", static api => Custom(api, Authorizer(300)), "'AuthorizerResultTtlInSeconds' is for HTTP APIs; with WebSocket APIs it has no effect" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Compile_Wrong_IsRefusedWithPlaceAndCure(string name, Action<WebSocketApiDefinition> change, string error)
    {
        var api = Api();
        change(api);

        var errors = Compiled.Errors(api).Errors;

        Assert.NotEmpty(name);
        Assert.Contains(errors, item => $"{item}".Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public void Compile_WithoutEffect_IsWarnedOf(string name, Action<WebSocketApiDefinition> change, string warning)
    {
        var api = Api();
        change(api);

        var errors = Compiled.Errors(api);

        Assert.NotEmpty(name);
        Assert.Contains(errors.Warnings, item => $"{item}".Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_Sound_HasNeither()
    {
        var errors = Compiled.Errors(Api());

        Assert.Empty(errors.Errors);
        Assert.Empty(errors.Warnings);
    }

    private static WebSocketApiDefinition Api() => new("chat")
    {
        RouteSelectionExpression = "$request.body.action",
        Routes = { new RouteDefinition("a") { Integration = new IntegrationDefinition(IntegrationKind.Mock) } },
        Stages = { ["dev"] = new StageDefinition("dev") },
    };

    private static RouteDefinition Add(WebSocketApiDefinition api, string key)
    {
        var route = new RouteDefinition(key) { Integration = new IntegrationDefinition(IntegrationKind.Mock) };
        api.Routes.Add(route);
        return route;
    }

    private static IntegrationDefinition Mock(WebSocketApiDefinition api) => api.Routes[0].Integration!;

    private static IntegrationResponseDefinition Response(string? key) => new("") { IntegrationResponseKey = key };

    private static void Twice(IntegrationDefinition integration)
    {
        integration.IntegrationResponses.Add(Response("$default"));
        integration.IntegrationResponses.Add(Response("$default"));
    }

    private static void KeyFromAuthorizer(WebSocketApiDefinition api)
    {
        api.ApiKeySelectionExpression = "$context.authorizer.usageIdentifierKey";
        Add(api, "$connect").ApiKeyRequired = true;
    }

    private static AuthorizerDefinition Authorizer(int ttl) =>
        new("auth") { Type = "REQUEST", AuthorizerUri = "arn:aws:lambda:us-east-1:123456789012:function:auth", AuthorizerResultTtlInSeconds = ttl };

    private static void Custom(WebSocketApiDefinition api, AuthorizerDefinition authorizer)
    {
        var route = Add(api, "$connect");
        route.AuthorizationType = AuthorizationType.Custom;
        route.AuthorizerId = "auth";
        api.Authorizers["auth"] = authorizer;
    }
}
