using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Hosts whose routes ask one function for leave, and tell who called.</summary>
internal static class AuthorizedApi
{
    public const string Uri =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations";

    /// <summary>A function's answer that lets in, with a policy for a part of the API.</summary>
    public static string Allow(string resource = "*", string members = "", string effect = "Allow") => $$"""
        {"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"execute-api:Invoke","Resource":"{{resource}}"}]}{{members}}}
        """;

    /// <summary>A function that counts its calls, keeps its events, and answers the same each time.</summary>
    public static LambdaFunction Answering(ConcurrentQueue<string> events, string answer) => (payload, target, _, _) =>
    {
        events.Enqueue(Encoding.UTF8.GetString(payload.Span));
        target.Write(Encoding.UTF8.GetBytes(answer));
        return ValueTask.CompletedTask;
    };

    public static Task<TestHost> StartAsync(
        LambdaFunction function, Action<AuthorizerDefinition>? authorizer = null, Action<RestApiBuilder>? api = null, TimeProvider? time = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Gateway = gateway => gateway
                .AddLambdaFunction("auth", function)
                .AddHandler("who", WhoAsync)
                .AddRestApi("api", builder => Define(builder, authorizer, api)),
        });

    /// <summary>Answers with who calls: the principal's id, the user's name, and the authorizer's values.</summary>
    public static Task WhoAsync(HttpContext http)
    {
        var feature = http.Features.Get<IGatewayFeature>()!;
        var values = string.Join(';', feature.AuthorizerContext.OrderBy(static item => item.Key, StringComparer.Ordinal).Select(static item => $"{item.Key}={item.Value}"));
        return http.Response.WriteAsync($"{feature.PrincipalId}|{http.User.Identity?.Name}|{http.User.Identity?.AuthenticationType}|{values}");
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static void Define(RestApiBuilder builder, Action<AuthorizerDefinition>? authorizer, Action<RestApiBuilder>? api)
    {
        builder
            .Authorizer("auth", definition =>
            {
                definition.AuthorizerUri = Uri;
                definition.IdentitySource = "method.request.header.Authorization";
                authorizer?.Invoke(definition);
            })
            .Map("ANY /who/{proxy+}", static method => method.Authorize("auth").InProcess("who"))
            .Map("GET /open", static method => method.InProcess("who"))
            .Stage("dev", ("v", "1"));
        api?.Invoke(builder);
    }
}
