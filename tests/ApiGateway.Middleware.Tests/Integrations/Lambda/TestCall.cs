using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

/// <summary>Requests to a function, and what becomes of them.</summary>
internal static class TestCall
{
    public const string Uri =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:orders/invocations";

    /// <summary>An API of the managed service with one route to a function, and the stage <c>dev</c>.</summary>
    public static RestApiDefinition Api(string route, string? uri = Uri, params (string Name, string Value)[] variables)
    {
        var api = Compiled.HttpProxy(route, null, variables);
        api.Profile = DefinitionProfile.Exact;
        api.Methods[0].Integration = new IntegrationDefinition(IntegrationKind.AwsProxy) { Uri = uri, IntegrationHttpMethod = "POST" };
        return api;
    }

    public static GatewayContext Request(RestApiDefinition api, string target, string method = "GET", params (string Name, string Value)[] headers)
    {
        var context = Compiled.Route(Compiled.Snapshot(api), target, method, "api.example.com:8080");
        foreach (var (name, value) in headers)
        {
            context.Http.Request.Headers.Append(name, value);
        }

        return context;
    }

    /// <summary>The event of a request, as JSON text.</summary>
    public static string Event(GatewayContext context, byte[]? body = null)
    {
        var plan = Assert.IsType<LambdaIntegrationPlan>(context.Route.Integration);
        using var call = new LambdaCall();
        context.Body.Replace(context.Http, body ?? []);
        RestEventWriter.Write(context, plan, call, TimeProvider.System);
        return Encoding.UTF8.GetString(call.Event.WrittenSpan);
    }
}
