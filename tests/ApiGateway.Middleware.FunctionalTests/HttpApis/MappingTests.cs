using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>API mappings of custom domain names.</summary>
public sealed class MappingTests
{
    private const string Settings = """
        {
          "Apis": {
            "one": { "ProtocolType": "HTTP", "Hosts": [ "one.test" ], "Routes": { "$default": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } }, "Stages": { "$default": {} } },
            "two": { "ProtocolType": "HTTP", "Hosts": [ "two.test" ], "Routes": { "$default": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } }, "Stages": { "dev": {} } },
            "three": { "ProtocolType": "HTTP", "Hosts": [ "three.test" ], "Routes": { "GET /": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } }, "Stages": { "$default": {} } },
            "four": { "Hosts": [ "four.test" ], "Routes": { "ANY /{proxy+}": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } }, "Stages": { "prod": {} } }
          },
          "DomainNames": {
            "api.example.com": {
              "ApiMappings": [
                { "ApiId": "one", "Stage": "$default" },
                { "ApiId": "two", "Stage": "dev", "ApiMappingKey": "orders/v1/items" },
                { "ApiId": "three", "Stage": "$default", "ApiMappingKey": "orders/v2/items" },
                { "ApiId": "four", "Stage": "prod", "ApiMappingKey": "orders/v2/items/categories" }
              ]
            },
            "strict.example.com": { "ApiMappings": [ { "ApiId": "two", "Stage": "dev", "ApiMappingKey": "a" } ] }
          }
        }
        """;

    [Theory]
    [InlineData("/orders/v1/items", "two dev /")]
    [InlineData("/orders/v1/items/123", "two dev /123")]
    [InlineData("/orders/v2/items", "three $default /")]
    [InlineData("/orders/v2/items/categories/5", "four prod /5")]
    [InlineData("/customers", "one $default /customers")]
    [InlineData("/orders/v1/itemsx", "one $default /orders/v1/itemsx")]
    [InlineData("/Orders/v1/items", "one $default /Orders/v1/items")]
    [InlineData("/dev/x", "one $default /dev/x")]
    [InlineData("/orders/v1/items/dev/x", "two dev /dev/x")]
    public async Task Mapping_LongestOfWholeSegments_Answers(string path, string expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, await host.GetTextAsync(path, "api.example.com"));
    }

    [Theory]
    [InlineData("api.example.com", "/orders/v2/items/x")]
    [InlineData("strict.example.com", "/b")]
    [InlineData("strict.example.com", "/")]
    public async Task Mapping_WithoutRoute_IsFinal(string name, string path)
    {
        await using var host = await StartAsync();
        var request = TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, path);
        request.Headers.Host = name;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"message":"Not Found"}""", await response.Content.ReadAsStringAsync());
    }

    private static Task<TestHost> StartAsync() => BothKinds.StartAsync(Settings, static gateway => gateway.AddHandler("h", static http =>
    {
        var feature = http.Features.GetRequiredFeature<IGatewayFeature>();
        return http.Response.WriteAsync($"{feature.ApiId} {feature.Stage} {http.Request.Path}");
    }));
}
