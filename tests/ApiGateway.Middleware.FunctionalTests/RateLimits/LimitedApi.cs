using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.RateLimits;

/// <summary>Hosts with an API whose callers have limits.</summary>
internal static class LimitedApi
{
    private const string Mock = """ "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 200}" } } """;

    /// <summary>Settings with <c>GET /a</c>, <c>GET /b</c>, and <c>GET /me</c> for authorized callers, the stages <c>prod</c> and <c>test</c>.</summary>
    /// <param name="api">Entries of the API's <c>RateLimits</c>.</param>
    /// <param name="stage">Entries of those of the stage <c>prod</c>.</param>
    /// <param name="route">Entries of those of <c>GET /a</c>.</param>
    /// <param name="members">More members of the API, beginning with a comma.</param>
    /// <param name="more">More members of the section, beginning with a comma.</param>
    public static string Settings(string api = "", string stage = "", string route = "", string members = "", string more = "") =>
        $$"""
        {
          "Apis": { "orders": {
            "RateLimits": { {{api}} },
            "Authorizers": { "by-token": { "Type": "TOKEN" , "Handler": "by-token", "AuthorizerResultTtlInSeconds": 0 } },
            "Routes": {
              "GET /a": { "RateLimits": { {{route}} }, {{Mock}} },
              "GET /b": { {{Mock}} },
              "GET /me": { "AuthorizationType": "CUSTOM", "AuthorizerId": "by-token", {{Mock}} },
              "GET /in": { "Integration": { "Type": "IN_PROCESS", "Handler": "in" } } },
            "Stages": { "prod": { "RateLimits": { {{stage}} } }, "test": {} }
            {{members}} } }
          {{more}}
        }
        """;

    public static Task<TestHost> StartAsync(
        ManualTimeProvider time, string settings, RequestDelegate? handler = null, HttpProtocols protocols = HttpProtocols.Http1) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Protocols = protocols,
            Settings = settings,
            Time = time,
            Gateway = gateway => gateway
                .AddHandler("in", handler ?? (static http => http.Response.WriteAsync("in")))
                .AddAuthorizer("by-token", static (request, _) => new(AuthorizationResult.Allow(request.Token!))),
        });

    /// <summary>Sends requests one after the other, and gives how many were let in.</summary>
    public static async Task<int> ServedAsync(TestHost host, int times, string target, params (string Name, string Value)[] headers)
    {
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            using var response = await host.SendAsync(HttpMethod.Get, target, headers);
            served += (int)response.StatusCode == 200 ? 1 : 0;
        }

        return served;
    }

    /// <summary>Gets <c>RateLimit</c>, <c>RateLimit-Policy</c> and <c>Retry-After</c>, with a hyphen for what is not there.</summary>
    public static string HeadersOf(HttpResponseMessage response) => string.Join(" | ", new[] { "RateLimit", "RateLimit-Policy", "Retry-After" }
        .Select(name => response.Headers.TryGetValues(name, out var values) ? string.Join(" and ", values) : "-"));
}
