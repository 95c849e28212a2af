using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>Integrations of HTTP APIs: rules I-2, I-4, T-6, T-7, X-2 to X-4 and V-1 to V-4.</summary>
public sealed class HttpIntegrationCompilerTests
{
    //
    [Theory]
    [InlineData("$default", "http://h", "/", "http://h/")]
    [InlineData("$default", "http://h/base", "/a%20b/c?x=1", "http://h/base/a%20b/c?x=1")]
    [InlineData("$default", "http://h/base/", "/a/", "http://h/base/a/")]
    [InlineData("$default", "http://h/base?own=1", "/a?x=1&x=2", "http://h/base/a?own=1&x=1&x=2")]
    [InlineData("GET /a", "http://h/base", "/a?x=1", "http://h/base?x=1")]
    [InlineData("GET /{p}/{rest+}", "http://h/{rest}/{p}?q={p}", "/a%2Fb/c%20d/e?x=1", "http://h/c%20d/e/a%2Fb?q=a%2Fb&x=1")]
    public void Build_Address_FollowsTheRoute(string route, string uri, string target, string expected)
    {
        var context = Compiled.Route(Compiled.Snapshot(Api(route, new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri })), target);
        var plan = Assert.IsType<HttpIntegrationPlan>(context.Route.Integration);

        Assert.Equal(expected, BackendUri.Build(context, plan.Uri!, context.SentQuery)!.OriginalString);
    }

    // M-9.
    [Theory]
    [InlineData("http://h/base?own=1", "/x%20y", "http://h/x%20y?own=1&q=1")]
    [InlineData("http://h/base/{p}", "/x", "http://h/x?q=1")]
    [InlineData("http://h", "/a/../b", null)]
    [InlineData("http://h", "/a/%2E%2E/b", null)]
    [InlineData("http://h", "/a%zz", null)]
    public void Build_ReplacedPath_KeepsServerAndQuery(string uri, string path, string? expected)
    {
        var context = Compiled.Route(Compiled.Snapshot(Api("GET /{p}", new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri })), "/a?q=1");
        context.BeginOutgoing().ReplacedPath = path;

        Assert.Equal(expected, BackendUri.Build(context, ((HttpIntegrationPlan)context.Route.Integration).Uri!, context.SentQuery)?.OriginalString);
    }

    // T-6.
    [Theory]
    [InlineData("${stageVariables.url}", "http://one.example.com:8080/v")]
    [InlineData("http://${stageVariables.name}.example.com/x", "http://one.example.com/x")]
    [InlineData("http://h/${stageVariables.name}?q=${stageVariables.name}", "http://h/one?q=one")]
    public void Compile_StageVariables_AreFilledInAnywhere(string uri, string expected) =>
        Assert.Equal(expected, Assert.IsType<HttpIntegrationPlan>(Plan(new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri })).Uri!.Fixed!.OriginalString);

    // T-7.
    [Theory]
    [InlineData(IntegrationKind.HttpProxy, "http://h/${stageVariables.none}")]
    [InlineData(IntegrationKind.AwsProxy, "orders-${stageVariables.none}")]
    public void Compile_StageVariableMissing_FailsRequests(IntegrationKind kind, string uri)
    {
        var api = Api("GET /a", new IntegrationDefinition(kind) { Uri = uri });

        Assert.Contains("no variable 'none'", Assert.Single(Compiled.Errors(api).Warnings).Message, StringComparison.Ordinal);
        var plan = Compiled.Route(Compiled.Snapshot(api), "/a").Route.Integration;
        Assert.Null(plan is HttpIntegrationPlan http ? http.Uri : ((LambdaIntegrationPlan)plan).Function as object);
    }

    // I-2.
    [Theory]
    [InlineData(DefinitionProfile.Exact, null, "Http2", "needs it: '1.0' or '2.0'")]
    [InlineData(DefinitionProfile.Exact, "1.0", "Http1", null)]
    [InlineData(DefinitionProfile.Exact, "2.0", "Http2", null)]
    [InlineData(DefinitionProfile.Embedded, null, "Http2", null)]
    [InlineData(DefinitionProfile.Embedded, "3.0", "Http2", "must be '1.0' or '2.0', but is '3.0'")]
    public void Compile_PayloadFormatVersion_ChoosesTheFormat(DefinitionProfile profile, string? version, string format, string? error)
    {
        var api = Api("GET /a", new IntegrationDefinition(IntegrationKind.AwsProxy) { Uri = "arn:aws:lambda:us-east-1:123456789012:function:orders", PayloadFormatVersion = version });
        api.Profile = profile;

        Assert.Equal(error is null ? 0 : 1, Compiled.Errors(api).Errors.Count(found => found.Message.Contains(error!, StringComparison.Ordinal)));
        if (error is null)
        {
            Assert.Equal(format, Assert.IsType<LambdaIntegrationPlan>(Compiled.Route(Compiled.Snapshot(api), "/a").Route.Integration).Format.ToString());
        }
    }

    [Fact]
    public void Compile_FormatOfAnHttpBackend_Is1() => Assert.Contains(
        "must be '1.0', but is '2.0'",
        Assert.Single(Compiled.Errors(Api("GET /a", new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = "http://h", PayloadFormatVersion = "2.0" })).Errors).Message,
        StringComparison.Ordinal);

    // V-3.
    [Fact]
    public void Compile_LinkToAnArn_SendsTheWholePath()
    {
        var api = Api("GET /{p+}", Linked("arn:aws:elasticloadbalancing:us-east-1:1:listener/app/x/1/2", "link"));
        api.Stages["dev"] = new StageDefinition("dev");
        var context = Compiled.Route(Compiled.Snapshot(api), "/dev/a%20b/c?x=1");
        var plan = Assert.IsType<HttpIntegrationPlan>(context.Route.Integration);

        Assert.Equal("/dev/a%20b/c?x=1", BackendUri.Build(context, plan.Uri!, context.SentQuery)!.PathAndQuery);
        Assert.Equal(("link", "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/x/1/2"), (plan.Link!.Target.LinkId, plan.Link.Target.Target));
        Assert.Null(plan.Link.Host);
    }

    [Fact]
    public void Compile_LinkWithoutId_IsAnError() => Assert.Contains(
        "needs the id of the link", Assert.Single(Compiled.Errors(Api("GET /a", Linked("arn:x", null))).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Compile_LinkThatNobodyKnows_IsAWarning()
    {
        var errors = Compiled.Errors(Api("GET /a", Linked("arn:x", "link")));

        Assert.Empty(errors.Errors);
        Assert.Contains("Nothing is known of the VPC link 'link'", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_LinkOfARestApi_KeepsTheHostOfTheAddress()
    {
        var api = Compiled.HttpProxy("GET /a", "http://nlb.example.com:8080/x");
        api.Methods[0].Integration!.ConnectionType = "VPC_LINK";
        api.Methods[0].Integration!.ConnectionId = "${stageVariables.link}";
        api.Stages["dev"].Variables["link"] = "abc";

        var plan = Assert.IsType<HttpIntegrationPlan>(Compiled.Route(Compiled.Snapshot(api), "/dev/a").Route.Integration);

        Assert.Equal(("abc", "nlb.example.com:8080"), (plan.Link!.Target.LinkId, plan.Link.Host));
    }

    private static IntegrationDefinition Linked(string uri, string? link) =>
        new(IntegrationKind.HttpProxy) { Uri = uri, ConnectionType = "VPC_LINK", ConnectionId = link };

    private static IntegrationPlan Plan(IntegrationDefinition integration) => Compiled.Route(Compiled.Snapshot(Api("GET /a", integration)), "/a").Route.Integration;

    private static HttpApiDefinition Api(string route, IntegrationDefinition integration)
    {
        var stage = new StageDefinition("$default") { Variables = { ["name"] = "one", ["url"] = "http://one.example.com:8080/v" } };
        return new HttpApiDefinition("api") { Routes = { new RouteDefinition(route) { Integration = integration } }, Stages = { ["$default"] = stage } };
    }
}
