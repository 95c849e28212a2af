using System.Buffers;
using System.Net;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>What the gateway adds to a request over a real connection: all threads of the process are counted.</summary>
[Collection(nameof(AllocationsCollection))]
public sealed class KestrelAllocationTests(ITestOutputHelper output)
{
    private const int WarmUp = 20_000;
    private const int Requests = 100_000;
    private const int Rounds = 3;

    private static readonly byte[] Answer = "ok"u8.ToArray();

    [Theory]
    [InlineData("/dev/status", "HTTP/1.1 200 OK", "MOCK")]
    [InlineData("/dev/orders", "HTTP/1.1 200 OK", "IN_PROCESS")]
    [InlineData("/dev/endpoint", "HTTP/1.1 200 OK", "IN_PROCESS with an endpoint")]
    [InlineData("/dev/none", "HTTP/1.1 403 Forbidden", "refusal")]
    [InlineData("/dev/handler", "HTTP/1.1 200 OK", "IN_PROCESS with a handler")]
    public async Task Request_OverKeepAlive_AllocatesLessThanAByte(string target, string status, string kind)
    {
        var with = await MeasureAsync(target, status, hasGateway: true);
        var without = await MeasureAsync(target, status, hasGateway: false);
        output.WriteLine($"{kind}: {with:F4} bytes per request, {without:F4} without the gateway");

        Assert.True(with - without < 1, $"{kind}: {with:F4} bytes per request, {without:F4} without the gateway.");
    }

    [Fact]
    public async Task Request_WithResponseIds_AllocatesTheirTexts()
    {
        var bytes = await MeasureAsync("/ids/status", "HTTP/1.1 200 OK", hasGateway: true);
        output.WriteLine($"MOCK with ids: {bytes:F4} bytes per request");

        // Also shows that this way of counting does see what a request allocates.
        Assert.InRange(bytes, 100, 160);
    }

    private static async Task<double> MeasureAsync(string target, string status, bool hasGateway)
    {
        await using var app = Create(hasGateway, hasEndpoint: target == "/dev/endpoint");
        await app.StartAsync();
        using var client = new KeepAliveClient(new Uri(app.Urls.First()).Port, target);
        Assert.StartsWith(hasGateway ? status : "HTTP/1.1 200 OK", client.FirstAnswer, StringComparison.Ordinal);
        client.Send(WarmUp);

        // The least of some rounds: timers of the runtime and the server's heartbeat allocate now and then.
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

    private static WebApplication Create(bool hasGateway, bool hasEndpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (hasGateway)
        {
            builder.Services.AddApiGateway()
                .AddHandler("answer", AnswerAsync)
                .AddRestApi("api", static api => api
                    .Map("GET /status", static method => method.Mock())
                    .Map("GET /orders", static method => method.InProcess())
                    .Map("GET /endpoint", static method => method.InProcess())
                    .Map("GET /handler", static method => method.InProcess("answer"))
                    .Stage("dev"))
                .AddRestApi("with-ids", static api => api
                    .Map("GET /status", static method => method.Mock())
                    .Stage("ids").Definition.ResponseIds = true);
        }

        var app = builder.Build();
        if (hasGateway)
        {
            app.UseApiGateway();
        }

        if (hasEndpoint)
        {
            // Routing runs in both: with the gateway once more, on the path behind it.
            app.MapGet(hasGateway ? "/endpoint" : "/dev/endpoint", AnswerAsync);
        }
        else
        {
            app.Run(AnswerAsync);
        }

        return app;
    }

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentLength = Answer.Length;
        http.Response.BodyWriter.Write(Answer);
        return Task.CompletedTask;
    }
}
