using System.Collections.Frozen;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Tests;

/// <summary>Definitions through the compiler, and requests through routing, without a gateway around them.</summary>
internal static class Compiled
{
    public static readonly GatewayIdentity Identity = new("us-east-1", "123456789012", "aws");

    public static HandlerTable NoHandlers { get; } = new(FrozenDictionary<string, RequestDelegate>.Empty)
    {
        CanInvoke = static function => function.Name != "missing",
        FindService = static name => name.Service == "missing" ? null : new AwsServiceServer($"https://{name.Service}.test", null, name.Region, name.Service),
    };

    /// <summary>A REST API whose methods are mocks, with the stage <c>dev</c>.</summary>
    public static RestApiDefinition Mocks(string name, params string[] routes)
    {
        var api = new RestApiDefinition(name) { Stages = { ["dev"] = new StageDefinition("dev") } };
        foreach (var route in routes)
        {
            Assert.True(RouteKey.TryParse(route, out var method, out var path));
            api.Methods.Add(new MethodDefinition(method, path) { Integration = new IntegrationDefinition(IntegrationKind.Mock) });
        }

        return api;
    }

    /// <summary>A REST API with one route, that to an HTTP backend, and the stage <c>dev</c>.</summary>
    public static RestApiDefinition HttpProxy(string route, string? uri, params (string Name, string Value)[] variables)
    {
        var api = Mocks("api", route);
        api.Methods[0].Integration = new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri };
        foreach (var (name, value) in variables)
        {
            api.Stages["dev"].Variables[name] = value;
        }

        return api;
    }

    public static RestApiDefinition WithHost(this RestApiDefinition api, string host)
    {
        api.Hosts.Add(host);
        return api;
    }

    public static GatewaySnapshot Snapshot(params ApiDefinition[] apis)
    {
        var errors = new DefinitionErrors();
        var snapshot = Compile(errors, apis);
        Assert.Empty(errors.Errors);
        return snapshot!;
    }

    public static GatewaySnapshot Snapshot(GatewayDefinition definition)
    {
        var errors = new DefinitionErrors();
        var snapshot = Compile(errors, definition);
        Assert.Empty(errors.Errors);
        return snapshot!;
    }

    public static DefinitionErrors Errors(GatewayDefinition definition)
    {
        var errors = new DefinitionErrors();
        Compile(errors, definition);
        return errors;
    }

    /// <summary>What is wrong with APIs: the errors, and the warnings.</summary>
    public static DefinitionErrors Errors(params ApiDefinition[] apis)
    {
        var errors = new DefinitionErrors();
        Compile(errors, apis);
        return errors;
    }

    public static StageSnapshot Stage(RestApiDefinition api) => Assert.Single(Snapshot(api).Stages);

    /// <summary>A context as the integration step meets it; its route is <see langword="null"/> if none matches.</summary>
    public static GatewayContext Route(GatewaySnapshot snapshot, string target, string method = "GET", string host = "localhost") =>
        RouteWithRequest(snapshot, target, method, host).Context;

    /// <summary>The same, with the request that can be sent again.</summary>
    public static (GatewayContext Context, TestRequest Request) RouteWithRequest(
        GatewaySnapshot snapshot, string target, string method = "GET", string host = "localhost")
    {
        var test = new TestRequest(target, method, host);
        var http = test.Http;
        var context = new GatewayContext(TimeProvider.System);
        var request = RequestTarget.Of(http);
        Assert.True(ApiSelector.TrySelect(snapshot.Directory, host, request, "", out var match));
        context.Begin(http, static _ => Task.CompletedTask, false, snapshot, request, match);
        context.Stage = match.Stage!;
        var segments = context.CutSegments(context.Stage.Routes.Depth);
        context.Method = RouteMethod.Of(method);
        context.MatchedRoute = context.Stage.Routes.Match(
            context.ResourcePath, segments, context.ResourcePath.Contains('%'), context.Method);
        return (context, test);
    }

    private static GatewaySnapshot? Compile(DefinitionErrors errors, ApiDefinition[] apis)
    {
        var definition = new GatewayDefinition();
        foreach (var api in apis)
        {
            definition.Apis.Add(api);
        }

        return Compile(errors, definition);
    }

    private static GatewaySnapshot? Compile(DefinitionErrors errors, GatewayDefinition definition) =>
        new GatewayCompiler(NoHandlers).Compile(definition, Identity, ClientAddressPlan.TrustNobody, errors);
}
