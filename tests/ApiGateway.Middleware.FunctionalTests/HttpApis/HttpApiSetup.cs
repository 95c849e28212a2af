using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Hosts with an HTTP API <c>api</c> that answers at every host, and what they answer to the byte.</summary>
internal static class HttpApiSetup
{
    /// <summary>A host with a function and one route to it.</summary>
    /// <param name="payload">What the function answers.</param>
    /// <param name="version">The payload format version.</param>
    /// <param name="route">The route.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="events">Takes the function's events.</param>
    /// <param name="configure">Sets more of the integration.</param>
    public static Task<TestHost> StartFunctionAsync(
        string payload, string version = "2.0", string route = "$default", string stage = "$default", ConcurrentQueue<string>? events = null,
        Action<IntegrationDefinition>? configure = null) =>
        StartFunctionAsync(
            (received, answer, _, _) =>
            {
                events?.Enqueue(Encoding.UTF8.GetString(received.Span));
                answer.Write(Encoding.UTF8.GetBytes(payload));
                return ValueTask.CompletedTask;
            },
            version, route, stage, configure);

    public static Task<TestHost> StartFunctionAsync(
        LambdaFunction function, string version = "2.0", string route = "$default", string stage = "$default",
        Action<IntegrationDefinition>? configure = null) =>
        TestHost.StartAsync(gateway => gateway.AddLambdaFunction("orders", function).AddHttpApi("api", api => api
            .Map(route, builder => builder.LambdaProxy("orders", integration =>
            {
                integration.PayloadFormatVersion = version;
                configure?.Invoke(integration);
            }))
            .Stage(stage, ("v", "1"))));

    /// <summary>A host with one route to an HTTP backend.</summary>
    public static Task<TestHost> StartProxyAsync(
        string uri, string route = "$default", string stage = "$default", Action<IntegrationDefinition>? configure = null,
        DefinitionProfile profile = DefinitionProfile.Exact, Action<IApiGatewayBuilder>? gateway = null) =>
        TestHost.StartAsync(builder =>
        {
            builder.AddHttpApi("api", api =>
            {
                api.Map(route, route => route.HttpProxy(uri, configure)).Stage(stage, ("v", "1"));
                api.Definition.Profile = profile;
            });
            gateway?.Invoke(builder);
        });

    /// <summary>Sends a request on a connection of its own.</summary>
    /// <returns>The answer to the byte, but for date and id.</returns>
    public static async Task<string> RawAsync(this TestHost host, string requestLine, params string[] headers)
    {
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync(requestLine, headers);
        return Masked(await connection.ReadToEndAsync());
    }

    private static string Masked(string answer) =>
        Regex.Replace(Regex.Replace(answer, "Date: [^\r]+\r\n", ""), "apigw-requestid: [A-Za-z0-9_-]{15}=", "apigw-requestid: *");
}
