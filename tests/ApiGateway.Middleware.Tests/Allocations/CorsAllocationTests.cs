using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>What requests of browsers cost: all header values exist before the first request.</summary>
[Collection(nameof(AllocationsCollection))]
public sealed class CorsAllocationTests(ITestOutputHelper output)
{
    private const int WarmUp = 20_000;
    private const int Requests = 50_000;
    private const int Rounds = 3;

    [Theory]
    [InlineData("GET", "https://shop.example.com", StatusCodes.Status200OK)]
    [InlineData("GET", "https://a.example.org", StatusCodes.Status200OK)]
    [InlineData("GET", "https://evil.example", StatusCodes.Status200OK)]
    [InlineData("OPTIONS", "https://shop.example.com", StatusCodes.Status204NoContent)]
    [InlineData("OPTIONS", "https://a.example.org", StatusCodes.Status204NoContent)]
    [InlineData("OPTIONS", "https://evil.example", StatusCodes.Status204NoContent)]
    [InlineData("PUT", "https://shop.example.com", StatusCodes.Status403Forbidden)]
    public async Task Request_FromAnotherOrigin_AllocatesNothing(string method, string origin, int status)
    {
        var app = await TestGateway.BuildAsync(AddApi, static _ => Task.CompletedTask);
        var request = new TestRequest("/dev/status", method);
        request.Request.Headers.Origin = origin;
        request.Request.Headers.AccessControlRequestMethod = "GET";

        var bytes = AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            Assert.True(app(request.Http).IsCompletedSuccessfully);
        });

        Assert.Equal(status, request.Http.Response.StatusCode);
        Assert.Equal("Origin", request.Http.Response.Headers.Vary.ToString());
        Assert.Equal(origin.Contains("evil", StringComparison.Ordinal) ? "" : origin, request.Http.Response.Headers.AccessControlAllowOrigin.ToString());
        Assert.Equal(await PlainAsync(method, origin), bytes);
    }

    [Theory]
    [InlineData("/dev/orders")]
    [InlineData("/dev/nowhere")]
    public async Task HttpApi_Preflight_AllocatesNothing(string target)
    {
        var app = await TestGateway.BuildAsync(
            static gateway => gateway.AddHttpApi("api", static api => api
                .Map("ANY /orders", static route => route.InProcess())
                .Stage("dev")
                .Cors(static cors =>
                {
                    cors.AllowOrigins.Add("https://shop.example.com");
                    cors.AllowMethods.Add("GET");
                    cors.AllowHeaders.Add("X-A");
                    cors.MaxAge = 600;
                })
                .Definition.ResponseIds = false),
            static _ => Task.CompletedTask);
        var request = new TestRequest(target, "OPTIONS");
        request.Request.Headers.Origin = "https://shop.example.com";
        request.Request.Headers.AccessControlRequestMethod = "GET";

        var bytes = AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            Assert.True(app(request.Http).IsCompletedSuccessfully);
        });

        Assert.Equal(StatusCodes.Status204NoContent, request.Http.Response.StatusCode);
        Assert.Equal("GET", request.Http.Response.Headers.AccessControlAllowMethods.ToString());
        Assert.Equal(await PlainAsync("OPTIONS", "https://shop.example.com"), bytes);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK")]
    [InlineData("OPTIONS", "HTTP/1.1 204 No Content")]
    [InlineData("PUT", "HTTP/1.1 403 Forbidden")]
    public async Task Request_OverKeepAlive_AllocatesLessThanAByteMoreThanWithoutCors(string method, string status)
    {
        var with = await MeasureAsync("/dev/status", method, status);

        // Without an API, so that Origin and the rest of the request are the same.
        var without = await MeasureAsync("/elsewhere", method, "HTTP/1.1 204 No Content");
        output.WriteLine($"{method}: {with:F4} bytes per request, {without:F4} outside the gateway");

        Assert.True(with - without < 1, $"{method}: {with:F4} bytes per request, {without:F4} outside the gateway.");
    }

    private static async Task<double> PlainAsync(string method, string origin)
    {
        var app = await TestGateway.BuildAsync(AddApi, static _ => Task.CompletedTask);
        var request = new TestRequest("/elsewhere", method);
        request.Request.Headers.Origin = origin;
        request.Request.Headers.AccessControlRequestMethod = "GET";
        return AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            Assert.True(app(request.Http).IsCompletedSuccessfully);
        });
    }

    private static async Task<double> MeasureAsync(string target, string method, string status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        AddApi(builder.Services.AddApiGateway());
        await using var app = builder.Build();
        app.UseApiGateway();
        app.Run(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        using var client = new KeepAliveClient(
            new Uri(app.Urls.First()).Port, target, method,
            "Origin: https://shop.example.com\r\nAccess-Control-Request-Method: GET\r\nContent-Length: 0\r\n", pipelined: 8);
        Assert.StartsWith(status, client.FirstAnswer, StringComparison.Ordinal);
        client.Send(WarmUp);

        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            client.Send(Requests);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests);
        }

        await app.StopAsync();
        return least;
    }

    private static void AddApi(IApiGatewayBuilder gateway) => gateway.AddRestApi("api", static api =>
    {
        api.Map("GET /status", static method => method.Mock()).Stage("dev");
        api.Definition.Cors = new CorsDefinition
        {
            AllowOrigins = { "https://shop.example.com", "https://*.example.org" },
            ExposeHeaders = { "X-A" },
            AllowCredentials = true,
            MaxAge = 600,
        };

        // Other types must not cost those anything that are not customized.
        api.Definition.GatewayResponses[GatewayResponseType.Throttled] = new GatewayResponseDefinition(GatewayResponseType.Throttled);
    });
}
