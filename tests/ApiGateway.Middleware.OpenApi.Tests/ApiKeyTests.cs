using System.Net;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>A document says that callers need a key; the host says which.</summary>
public sealed class ApiKeyTests : IDisposable
{
    private const string Key = "0123456789-0123456789";

    private readonly HostedFolder _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(Key, HttpStatusCode.OK)]
    [InlineData("0123456789-unknown---", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task AddOpenApi_OperationWithApiKey_LetsInWhoHasOne(string? key, HttpStatusCode expected)
    {
        _host.Write("orders.yaml", TestDocument.With(
            """{security: [{k: []}], responses: {"200": {description: ok}}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}}""",
            "components: {securitySchemes: {k: {type: apiKey, name: x-api-key, in: header}}}"));
        await using var app = await _host.StartAsync(static gateway => gateway
            .AddOpenApi("orders.yaml", static options => options.AddStage("dev"))
            .AddUsagePlan("gold", static plan => plan.AddStage("orders", "dev"))
            .AddApiKey("partner", static definition =>
            {
                definition.Value = Key;
                definition.UsagePlans.Add("gold");
            }));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Urls.First() + "/dev/x"));
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "" : """{"message":"Forbidden"}""", await response.Content.ReadAsStringAsync());
    }
}
