using System.Buffers;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class RequestDelegateAllocationTests(ITestOutputHelper output)
{
    private const int StringOverhead = 22;

    private static readonly byte[] Answer = "ok"u8.ToArray();

    [Theory]
    [InlineData("/dev/status", StatusCodes.Status204NoContent)]
    [InlineData("/dev/orders/42", StatusCodes.Status201Created)]
    [InlineData("/dev/orders/42?page=2", StatusCodes.Status201Created)]
    [InlineData("/dev/files/a/b/c/d/e/f", StatusCodes.Status202Accepted)]
    public async Task Mock_Always_AllocatesNothing(string target, int status)
    {
        var app = await TestGateway.BuildAsync(
            static gateway => gateway.AddRestApi("api", static api => api
                .Map("GET /status", static method => method.Mock(204))
                .Map("GET /orders/{id}", static method => method.Mock(201))
                .Map("ANY /files/{proxy+}", static method => method.Mock(202))
                .Stage("dev")),
            AnswerAsync);

        var bytes = BytesOf(app, target, status) - BytesOf(Plain(), target, StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task Mock_StaticPreflight_AllocatesNothing()
    {
        var app = await TestGateway.BuildAsync(
            static gateway => gateway.AddRestApi("api", static api => api
                .Map("GET /preflight", static method => method.Mock(200, static mock => mock.IntegrationResponses.Add(new IntegrationResponseDefinition("204")
                {
                    ResponseParameters =
                    {
                        ["method.response.header.Access-Control-Allow-Origin"] = "'*'",
                        ["method.response.header.Access-Control-Allow-Methods"] = "'GET,OPTIONS'",
                    },
                })))
                .Stage("dev")),
            AnswerAsync);

        var bytes = BytesOf(app, "/dev/preflight", StatusCodes.Status204NoContent) - BytesOf(Plain(), "/dev/preflight", StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("/dev/orders")]
    [InlineData("/dev/orders?page=2")]
    [InlineData("/dev/")]
    public async Task InProcess_PathWithoutVariables_AllocatesNothing(string target)
    {
        var app = await InProcess();

        var bytes = BytesOf(app, target, StatusCodes.Status200OK) - BytesOf(Plain(), target, StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task InProcess_Handler_AllocatesNothing()
    {
        var app = await InProcess();

        var bytes = BytesOf(app, "/dev/handler", StatusCodes.Status200OK) - BytesOf(Plain(), "/dev/handler", StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task LambdaProxy_FunctionInProcess_AllocatesItsIdsAndFewMore()
    {
        // Two ids are part of each event, 104 and 56 bytes; the rest is what the body's text and the time limit cost.
        const int Most = 400;

        var app = await TestGateway.BuildAsync(
            static gateway => gateway
                .AddLambdaFunction("orders", static (_, answer, _, _) =>
                {
                    answer.Write("{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"ok\"}"u8);
                    return ValueTask.CompletedTask;
                })
                .AddRestApi("api", static api => api.Map("GET /orders/{id}", static method => method.LambdaProxy("orders")).Stage("dev")),
            AnswerAsync);

        var bytes = BytesOf(app, "/dev/orders/42?a=1&b=2", StatusCodes.Status200OK) - BytesOf(Plain(), "/dev/orders/42", StatusCodes.Status200OK);
        output.WriteLine($"AWS_PROXY in process: {bytes} bytes per request");

        Assert.InRange(bytes, 150, Most);
    }

    [Fact]
    public async Task LambdaProxy_OfAnHttpApi_AllocatesItsIdsAndFewMore()
    {
        // The request's id is a header as well as part of the event, and so is a trace id that the client did not send.
        const int Most = 400;

        var app = await TestGateway.BuildAsync(
            static gateway => gateway
                .AddLambdaFunction("orders", static (_, answer, _, _) =>
                {
                    answer.Write("{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"ok\"}"u8);
                    return ValueTask.CompletedTask;
                })
                .AddHttpApi("api", static api => api.Map("GET /orders/{id}", static route => route.LambdaProxy("orders")).Stage("dev")),
            AnswerAsync);

        var bytes = BytesOf(app, "/dev/orders/42?a=1&b=2", StatusCodes.Status200OK) - BytesOf(Plain(), "/dev/orders/42", StatusCodes.Status200OK);
        output.WriteLine($"AWS_PROXY of an HTTP API in process: {bytes} bytes per request");

        Assert.InRange(bytes, 150, Most);
    }

    [Fact]
    public async Task InProcess_PathWithVariables_AllocatesItsPathOnly()
    {
        const string Path = "/orders/42/lines/7";
        var app = await InProcess();

        var bytes = BytesOf(app, "/dev" + Path, StatusCodes.Status200OK) - BytesOf(Plain(), "/dev" + Path, StatusCodes.Status200OK);

        Assert.Equal(Aligned(StringOverhead + (2 * Path.Length)), bytes);
    }

    [Fact]
    public async Task ResponseIds_SwitchedOn_AllocateTheirTextsOnly()
    {
        var app = await TestGateway.BuildAsync(
            static gateway => gateway.AddRestApi("api", static api => api
                .Map("GET /status", static method => method.Mock(204))
                .Stage("dev").Definition.ResponseIds = true),
            AnswerAsync);

        var bytes = BytesOf(app, "/dev/status", StatusCodes.Status204NoContent)
            - BytesOf(Plain(), "/dev/status", StatusCodes.Status200OK);

        Assert.InRange(bytes, 1, 160);
    }

    [Fact]
    public async Task Compression_NothingAskedFor_AllocatesNothing()
    {
        var app = await TestGateway.BuildAsync(
            static gateway => gateway.AddRestApi("api", static api => api
                .Map("GET /status", static method => method.Mock(204))
                .Stage("dev").Definition.MinimumCompressionSize = 0),
            AnswerAsync);

        var bytes = BytesOf(app, "/dev/status", StatusCodes.Status204NoContent)
            - BytesOf(Plain(), "/dev/status", StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task UnclaimedRequest_GoesOn_AllocatesNothing()
    {
        var app = await InProcess();

        var bytes = BytesOf(app, "/other/path", StatusCodes.Status200OK) - BytesOf(Plain(), "/other/path", StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("/dev/orders")]
    [InlineData("/dev/handler")]
    public async Task HttpApi_InProcess_AllocatesNothing(string target)
    {
        var app = await HttpApi(ids: false);

        var bytes = BytesOf(app, target, StatusCodes.Status200OK) - BytesOf(Plain(), target, StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task HttpApi_WithItsId_AllocatesThatTextOnly()
    {
        const int IdLength = 16;
        var app = await HttpApi(ids: true);

        var bytes = BytesOf(app, "/dev/handler", StatusCodes.Status200OK) - BytesOf(Plain(), "/dev/handler", StatusCodes.Status200OK);
        output.WriteLine($"HTTP API with apigw-requestid: {bytes} bytes per request");

        Assert.Equal(Aligned(StringOverhead + (2 * IdLength)), bytes);
    }

    [Fact]
    public async Task HttpApi_NoRoute_AllocatesNothing()
    {
        var app = await HttpApi(ids: false);

        var bytes = BytesOf(app, "/dev/nowhere", StatusCodes.Status404NotFound, "PUT") - BytesOf(Plain(), "/dev/nowhere", StatusCodes.Status200OK);

        Assert.Equal(0, bytes);
    }

    private static Task<RequestDelegate> HttpApi(bool ids) => TestGateway.BuildAsync(
        gateway => gateway
            .AddHandler("answer", AnswerAsync)
            .AddHttpApi("api", api => api
                .Map("GET /orders", static route => route.InProcess())
                .Map("GET /handler", static route => route.InProcess("answer"))
                .Map("GET /{any}", static route => route.InProcess("answer"))
                .Map("GET /files/{proxy+}", static route => route.InProcess("answer"))
                .Stage("dev").Throttle("dev", 1_000_000_000, int.MaxValue)
                .Definition.ResponseIds = ids),
        AnswerAsync);

    private static Task<RequestDelegate> InProcess() => TestGateway.BuildAsync(
        static gateway => gateway
            .AddHandler("answer", AnswerAsync)
            .AddRestApi("api", static api => api
                .Map("GET /", static method => method.InProcess())
                .Map("GET /orders", static method => method.InProcess())
                .Map("GET /orders/{id}/lines/{line}", static method => method.InProcess())
                .Map("GET /handler", static method => method.InProcess("answer"))
                .Stage("dev")),
        AnswerAsync);

    private static RequestDelegate Plain()
    {
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        app.Run(AnswerAsync);
        return app.Build();
    }

    private static double BytesOf(RequestDelegate app, string target, int status, string method = "GET")
    {
        var request = new TestRequest(target, method);
        var bytes = AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            Assert.True(app(request.Http).IsCompletedSuccessfully);
        });
        Assert.Equal(status, request.Http.Response.StatusCode);
        return bytes;
    }

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.BodyWriter.Write(Answer);
        return Task.CompletedTask;
    }

    private static int Aligned(int bytes) => (bytes + 7) & ~7;
}
