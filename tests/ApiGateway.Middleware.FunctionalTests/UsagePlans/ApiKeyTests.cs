using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>Who has a key, and who has none: all of the latter get the same answer.</summary>
public sealed class ApiKeyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789-unknown--")]
    [InlineData("0123456789-disabled-")]
    [InlineData("0123456789-planless-")]
    [InlineData("0123456789-elsewhere")]
    [InlineData("0123456789-PARTNER-A")]
    public async Task Key_NotValid_IsForbidden(string? key)
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings());

        using var response = await PlannedApi.GetAsync(host, key: key);

        await Refusal.AssertForbiddenAsync(response);
    }

    [Fact]
    public async Task Key_OfAnotherStage_IsForbidden()
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings());

        using var response = await PlannedApi.GetAsync(host, "/test/orders");

        await Refusal.AssertForbiddenAsync(response);
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("X-Api-Key")]
    [InlineData("X-API-KEY")]
    public async Task Key_Valid_IsLetInWhateverTheCaseOfTheHeader(string header)
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings());

        using var response = await host.SendAsync(HttpMethod.Get, "/prod/orders", (header, PlannedApi.Key));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Key_OverHttp2_IsLetIn()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup { Settings = PlannedApi.Settings(), Protocols = HttpProtocols.Http2 });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Client.BaseAddress!, "/prod/orders"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "x-api-key", PlannedApi.Key } },
        };

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Method_WithoutRequirement_LooksAtNoKey_AndNoPlanLimitsIt()
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 0 } """));

        Assert.Equal(3, await PlannedApi.ServedAsync(host, 3, "/prod/open"));
        Assert.Equal(3, await PlannedApi.ServedAsync(host, 3, "/prod/open", key: "wrong"));
        Assert.Equal(0, await PlannedApi.ServedAsync(host, 3));
    }

    [Fact]
    public async Task Key_Valid_IsInTheContextOfTemplates()
    {
        await using var host = await TestHost.StartAsync(static gateway => Plan(gateway.AddRestApi("orders", static api => api
            .Map("GET /orders", static method => method.RequireApiKey().Mock(200, static mock =>
                mock.IntegrationResponses.Add(new("200") { ResponseTemplates = { ["application/json"] = "$context.identity.apiKeyId $context.identity.apiKey" } })))
            .Stage("prod"))));

        using var response = await PlannedApi.GetAsync(host);

        Assert.Equal($"partner-a {PlannedApi.Key}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Key_Valid_IsInTheEventOfAFunction()
    {
        var seen = "";
        await using var host = await TestHost.StartAsync(gateway => Plan(gateway
            .AddLambdaFunction("orders", (payload, _, _, _) =>
            {
                seen = System.Text.Encoding.UTF8.GetString(payload.Span);
                return ValueTask.CompletedTask;
            })
            .AddRestApi("orders", static api => api.Map("GET /orders", static method => method.RequireApiKey().LambdaProxy(Lambda.LambdaSetup.Uri)).Stage("prod"))));

        using var response = await PlannedApi.GetAsync(host);

        Assert.Contains($"\"apiKey\":\"{PlannedApi.Key}\",\"apiKeyId\":\"partner-a\"", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_InvalidInManyForms_LeavesNoTraceInLogs()
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 1 } """));

        await PlannedApi.ServedAsync(host, 3);
        await PlannedApi.ServedAsync(host, 1, key: "0123456789-unknown--");
        var refused = await host.Logs.NextAsync("Throttled");

        Assert.Equal(
            "API Key ****tner-a exceeded throttle limit for API Stage orders/prod: Key throttle limit exceeded for Usage Plan ID gold, RestApi orders, Stage prod, Resource /orders, HttpMethod GET. Limit: 0.00 Burst: 1",
            refused.Message[..refused.Message.IndexOf(" Request ", StringComparison.Ordinal)]);
        for (var i = host.Logs.Count("Rejected"); i > 0; i--)
        {
            Assert.DoesNotContain("0123456789", (await host.Logs.NextAsync("Rejected")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Refusal_Customized_TakesItsForm()
    {
        await using var host = await PlannedApi.StartAsync(new(), PlannedApi.Settings().Replace(
            "\"Stages\": {",
            """ "GatewayResponses": { "INVALID_API_KEY": { "StatusCode": 401, "ResponseTemplates": { "application/json": "{\"e\":\"$context.error.responseType\"}" } } }, "Stages": {""",
            StringComparison.Ordinal));

        using var response = await PlannedApi.GetAsync(host, key: null);

        Assert.Equal((401, """{"e":"INVALID_API_KEY"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    private static IApiGatewayBuilder Plan(IApiGatewayBuilder gateway) => gateway
        .AddUsagePlan("gold", static plan => plan.AddStage("orders", "prod"))
        .AddApiKey("partner-a", static key =>
        {
            key.Value = PlannedApi.Key;
            key.UsagePlans.Add("gold");
        });
}
