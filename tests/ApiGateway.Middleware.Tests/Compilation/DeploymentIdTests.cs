using System.Collections;
using System.Reflection;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class DeploymentIdTests
{
    [Fact]
    public void Of_EqualDefinitions_AreEqual()
    {
        var one = Compiled.Mocks("one", "GET /a", "POST /b");
        var other = Compiled.Mocks("other", "POST /b", "GET /a");
        other.Stages["prod"] = new StageDefinition("prod") { Variables = { ["a"] = "b" } };

        Assert.Equal(DeploymentId.Of(one), DeploymentId.Of(other));
        Assert.Matches("^[0-9a-z]{10}$", DeploymentId.Of(one));
    }

    [Fact]
    public void Of_AnyChange_Differs()
    {
        Action<MethodDefinition>[] changes =
        [
            static method => method.Integration!.Uri = "http://other/",
            static method => method.Integration!.IntegrationHttpMethod = "POST",
            static method => method.Integration!.TimeoutInMillis = 100,
            static method => method.Integration!.Handler = "h",
            static method => method.Integration!.HttpVersion = "2",
            static method => method.Integration!.Streaming = false,
            static method => method.Integration!.InsecureSkipVerification = true,
            static method => method.Integration!.RequestTemplates["a"] = "b",
            static method => method.Integration!.RequestTemplates["ab"] = "",
            static method => method.Integration = new IntegrationDefinition(Middleware.Contracts.IntegrationKind.InProcess),
            static method => method.Integration = null,
        ];
        var ids = new HashSet<string> { DeploymentId.Of(Compiled.Mocks("api", "GET /a")), DeploymentId.Of(Compiled.Mocks("api", "GET /b")) };

        foreach (var change in changes)
        {
            var api = Compiled.Mocks("api", "GET /a");
            change(api.Methods[0]);
            Assert.True(ids.Add(DeploymentId.Of(api)));
        }
    }

    [Fact]
    public void Of_EveryMemberOfADefinition_CountsUnlessItHasNoEffect()
    {
        var id = DeploymentId.Of(Full());
        var names = Changes(Nodes(Full())).Select(static change => change.Name).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var api = Full();
            Changes(Nodes(api))[i].Apply();
            Assert.True(WithoutEffect.Contains(names[i]) == (DeploymentId.Of(api) == id), $"{names[i]} is of no account, or should be.");
        }
    }

    [Fact]
    public void Of_EveryMemberOfAnHttpApi_CountsUnlessItHasNoEffect()
    {
        var id = DeploymentId.Of(FullHttp());
        var names = Changes(Nodes(FullHttp())).Select(static change => change.Name).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var api = FullHttp();
            Changes(Nodes(api))[i].Apply();
            Assert.True(
                (WithoutEffect.Contains(names[i]) || OfMessages.Contains(names[i])) == (DeploymentId.Of(api) == id), $"{names[i]} is of no account, or should be.");
        }
    }

    [Fact]
    public void Of_EveryMemberOfAWebSocketApi_CountsUnlessItHasNoEffect()
    {
        var id = DeploymentId.Of(FullWebSocket());
        var names = Changes(Nodes(FullWebSocket())).Select(static change => change.Name).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var api = FullWebSocket();
            Changes(Nodes(api))[i].Apply();
            Assert.True(WithoutEffect.Contains(names[i]) == (DeploymentId.Of(api) == id), $"{names[i]} is of no account, or should be.");
        }
    }

    [Fact]
    public void Of_JsonOfOtherLayout_IsEqual()
    {
        RestApiDefinition With(string schema, string policy) => new("api") { Policy = policy, Models = { ["A"] = new ModelDefinition("A", schema) } };

        var id = DeploymentId.Of(With("""{"type":"object","required":["a"]}""", "no JSON"));

        Assert.Equal(id, DeploymentId.Of(With("""{ "required": ["a"], "type": "obj\u0065ct" }""", "no JSON")));
        Assert.NotEqual(id, DeploymentId.Of(With("""{"type":"object","required":["b"]}""", "no JSON")));
        Assert.NotEqual(id, DeploymentId.Of(With("""{"type":"object","required":["a"]}""", "no  JSON")));
    }

    [Fact]
    public void StableId_Of_DependsOnContentAlone()
    {
        // A fixed value, because ids stand in logs and stores that outlive the process.
        Assert.Equal("thkjlol5mb", StableId.Of("/orders/{id}"));
        Assert.NotEqual(StableId.Of("/orders/{id}"), StableId.Of("/orders/{ID}"));
        Assert.All(["", "/", "\u00e4"], static text => Assert.Matches("^[0-9a-z]{10}$", StableId.Of(text)));
    }

    [Fact]
    public void Revision_OfEqualDefinitions_IsEqual()
    {
        Assert.Equal(
            Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision, Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision);
        Assert.NotEqual(
            Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision, Compiled.Snapshot(Compiled.Mocks("a", "GET /b")).Revision);
    }

    // Where the content is served, and what is for readers alone.
    private static readonly HashSet<string> WithoutEffect =
    [
        "RestApi.Id", "RestApi.Description", "RestApi.Version", "RestApi.Hosts", "RestApi.BasePath", "RestApi.Stages", "RestApi.DocumentationVersion",
        "RestApi.DocumentationParts", "RestApi.Extensions", "HttpApi.Extensions", "Method.OperationName", "MethodResponse.Description", "Model.Description",
        "Integration.Description", "HttpApi.Id", "HttpApi.Description", "HttpApi.Version", "HttpApi.Hosts", "HttpApi.BasePath", "HttpApi.Stages",
        "Route.OperationName", "WebSocketApi.Extensions", "WebSocketApi.Tags", "WebSocketApi.Id", "WebSocketApi.Description", "WebSocketApi.Version", "WebSocketApi.Hosts",
        "WebSocketApi.BasePath", "WebSocketApi.Stages",
    ];

    // What routes of HTTP APIs cannot have.
    private static readonly HashSet<string> OfMessages =
    [
        "Route.ApiKeyRequired", "Route.ModelSelectionExpression", "Route.RequestModels", "Route.RequestParameters", "Route.RouteResponseSelectionExpression",
        "Route.RouteResponses",
    ];

    private static RestApiDefinition Full()
    {
        var api = Compiled.Mocks("api", "GET /a");
        var method = api.Methods[0];
        method.MethodResponses["200"] = new MethodResponseDefinition("200");
        method.Integration!.IntegrationResponses.Add(new IntegrationResponseDefinition("200"));
        api.Models["A"] = new ModelDefinition("A", "{}");
        api.RequestValidators["a"] = new RequestValidatorDefinition("a");
        api.GatewayResponses[GatewayResponseType.Throttled] = new GatewayResponseDefinition(GatewayResponseType.Throttled);
        var issuer = new JwtIssuerDefinition("https://a") { AdditionalClaims = { new JwtAdditionalClaimDefinition("a") } };
        api.Authorizers["a"] = new AuthorizerDefinition("a") { JwtConfiguration = new JwtConfigurationDefinition { Issuers = { issuer } } };
        api.Cors = new CorsDefinition();
        api.RateLimits["a"] = new RateLimitDefinition { RateLimit = 1 };
        method.RateLimits["a"] = new RateLimitDefinition { RateLimit = 1 };
        api.Cache = new CachePolicyDefinition();
        return api;
    }

    private static IEnumerable<DefinitionNode> Nodes(RestApiDefinition api) =>
    [
        api, api.Methods[0], api.Methods[0].MethodResponses["200"], api.Methods[0].Integration!, api.Methods[0].Integration!.IntegrationResponses[0],
        api.Models["A"], api.RequestValidators["a"], api.GatewayResponses[GatewayResponseType.Throttled], api.Authorizers["a"], api.Cors!,
        api.Authorizers["a"].JwtConfiguration!, api.Authorizers["a"].JwtConfiguration!.Issuers[0],
        api.Authorizers["a"].JwtConfiguration!.Issuers[0].AdditionalClaims[0],
        api.RateLimits["a"], api.Methods[0].RateLimits["a"],
        api.Cache!,
    ];

    private static HttpApiDefinition FullHttp() => new("api")
    {
        Routes = { new RouteDefinition("GET /a") { Integration = FullIntegration(), RateLimits = { ["a"] = new RateLimitDefinition { RateLimit = 1 } } } },
        RateLimits = { ["a"] = new RateLimitDefinition { RateLimit = 1 } },
        Integrations = { ["a"] = FullIntegration() },
        Authorizers = { ["a"] = new AuthorizerDefinition("a") { JwtConfiguration = new JwtConfigurationDefinition() } },
        CorsConfiguration = new HttpCorsDefinition(),
    };

    private static WebSocketApiDefinition FullWebSocket() => new("api")
    {
        Routes =
        {
            new RouteDefinition("a")
            {
                Integration = FullIntegration(),
                RouteResponses = { ["$default"] = new RouteResponseDefinition("$default") },
                RateLimits = { ["a"] = new RateLimitDefinition { RateLimit = 1 } },
            },
        },
        RateLimits = { ["a"] = new RateLimitDefinition { RateLimit = 1 } },
        Integrations = { ["a"] = FullIntegration() },
        Models = { ["A"] = new ModelDefinition("A", "{}") },
        Authorizers = { ["a"] = new AuthorizerDefinition("a") { JwtConfiguration = new JwtConfigurationDefinition() } },
    };

    private static IEnumerable<DefinitionNode> Nodes(WebSocketApiDefinition api) =>
    [
        api, api.Connections, api.Routes[0], api.Routes[0].RouteResponses["$default"], api.Routes[0].Integration!, api.Routes[0].Integration!.IntegrationResponses[0],
        api.Integrations["a"], api.Models["A"], api.Authorizers["a"], api.RateLimits["a"], api.Routes[0].RateLimits["a"],
    ];

    private static IntegrationDefinition FullIntegration() =>
        new(IntegrationKind.HttpProxy) { IntegrationResponses = { new IntegrationResponseDefinition("200") } };

    private static IEnumerable<DefinitionNode> Nodes(HttpApiDefinition api) =>
        [api, api.Routes[0], api.Routes[0].Integration!, api.Integrations["a"], api.Authorizers["a"], api.CorsConfiguration!, api.RateLimits["a"], api.Routes[0].RateLimits["a"]];

    private static IEnumerable<PropertyInfo> Properties(DefinitionNode node) => node.GetType().GetProperties()
        .Where(static property => property.Name != nameof(DefinitionNode.Origin)
            && (property.SetMethod is not null || typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string)));

    private static string NameOf(DefinitionNode node, PropertyInfo property) =>
        $"{node.GetType().Name.Replace("Definition", "", StringComparison.Ordinal)}.{property.Name}";

    /// <summary>A change for every member that can be changed.</summary>
    private static List<(string Name, Action Apply)> Changes(IEnumerable<DefinitionNode> nodes)
    {
        var changes = new List<(string, Action)>();
        foreach (var node in nodes)
        {
            foreach (var property in Properties(node))
            {
                changes.Add((NameOf(node, property), () => Change(node, property)));
            }
        }

        return changes;
    }

    private static void Change(DefinitionNode node, PropertyInfo property)
    {
        var value = property.GetValue(node);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        switch (value)
        {
            case IList<string> texts:
                texts.Add("x");
                break;
            case IDictionary<string, string> texts:
                texts["x"] = "y";
                break;
            case IDictionary<string, IDictionary<string, string>> maps:
                maps["x"] = new Dictionary<string, string>();
                break;
            case IDictionary<string, bool> flags:
                flags["x"] = true;
                break;
            case IDictionary<string, int> numbers:
                numbers["x"] = 1;
                break;
            case IDictionary<string, StageDefinition> stages:
                stages["x"] = new StageDefinition("x");
                break;
            case IList<DocumentationPartDefinition> parts:
                parts.Add(new DocumentationPartDefinition("{}", "{}"));
                break;
            case IEnumerable and not string:
                ((dynamic)value).Clear();
                break;
            default:
                property.SetValue(node, type == typeof(string) ? "other"
                    : type == typeof(bool) ? value is not true
                    : type == typeof(int) ? 7
                    : type.IsEnum ? Enum.ToObject(type, value is null ? 0 : Convert.ToInt32(value, null) + 1)
                    : null);
                break;
        }
    }
}
