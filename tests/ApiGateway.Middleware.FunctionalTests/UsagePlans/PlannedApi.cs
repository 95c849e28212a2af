using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>Hosts with an API whose callers have keys.</summary>
internal static class PlannedApi
{
    public const string Key = "0123456789-partner-a";
    public const string OtherKey = "0123456789-partner-b";

    private const string Mock = """ "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 200}" } } """;

    /// <summary>Settings with <c>GET /orders</c>, <c>GET /items</c> (both with key), <c>GET /open</c>, the stages <c>prod</c> and <c>test</c>.</summary>
    /// <param name="plan">Members of the plan <c>gold</c>, which has stage <c>prod</c>.</param>
    /// <param name="stage">Members of the stage <c>prod</c>.</param>
    /// <param name="more">Members of the section, beginning with a comma.</param>
    public static string Settings(string plan = "", string stage = "", string more = "") =>
        $$"""
        {
          "Apis": { "orders": {
            "Routes": { "GET /orders": { "ApiKeyRequired": true, {{Mock}} }, "GET /items": { "ApiKeyRequired": true, {{Mock}} }, "GET /open": { {{Mock}} } },
            "Stages": { "prod": { {{stage}} }, "test": {} } } },
          "UsagePlans": { "gold": { "ApiStages": [ { "Api": "orders", "Stage": "prod" } ] {{(plan.Length == 0 ? "" : "," + plan)}} }, "unused": {} },
          "ApiKeys": {
            "partner-a": { "Value": "{{Key}}", "UsagePlans": [ "gold" ] },
            "partner-b": { "Value": "{{OtherKey}}", "UsagePlans": "gold" },
            "disabled": { "Value": "0123456789-disabled-", "Enabled": false, "UsagePlans": [ "gold" ] },
            "planless": { "Value": "0123456789-planless-" },
            "elsewhere": { "Value": "0123456789-elsewhere", "UsagePlans": [ "unused" ] }
          } {{more}}
        }
        """;

    public static Task<TestHost> StartAsync(ManualTimeProvider time, string settings) =>
        TestHost.StartAsync(new TestHostSetup { Settings = settings, Time = time });

    /// <summary>Sends requests one after the other, and gives how many were let in.</summary>
    public static async Task<int> ServedAsync(TestHost host, int times, string target = "/prod/orders", string? key = Key)
    {
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            using var response = await GetAsync(host, target, key);
            served += (int)response.StatusCode == 200 ? 1 : 0;
        }

        return served;
    }

    public static Task<HttpResponseMessage> GetAsync(TestHost host, string target = "/prod/orders", string? key = Key) =>
        key is null ? host.GetAsync(target) : host.SendAsync(HttpMethod.Get, target, ("x-api-key", key));
}
