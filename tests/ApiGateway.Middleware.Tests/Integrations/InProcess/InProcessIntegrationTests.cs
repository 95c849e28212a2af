using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Integrations.InProcess;

public sealed class InProcessIntegrationTests
{
    [Theory]
    [InlineData("/dev", "/dev", "/")]
    [InlineData("/dev/", "/dev", "/")]
    [InlineData("/dev/orders", "/dev", "/orders")]
    [InlineData("/dev/orders/", "/dev", "/orders/")]
    [InlineData("//dev//orders", "/dev", "/orders")]
    [InlineData("/dev/orders/a%20b", "/dev", "/orders/a b")]
    [InlineData("/dev/orders/a%2Fb?x=/y", "/dev", "/orders/a%2Fb")]
    [InlineData("/dev/orders//b", "/dev", "/orders//b")]
    public async Task Invoke_Request_MovesTheStageToPathBaseMeanwhile(string target, string pathBase, string path)
    {
        (string?, string?) seen = default;
        var app = await BuildAsync(http =>
        {
            seen = (http.Request.PathBase.Value, http.Request.Path.Value);
            return Task.CompletedTask;
        });
        var request = new TestRequest(target);
        var before = (request.Http.Request.PathBase, request.Http.Request.Path);

        await app(request.Http);

        Assert.Equal((pathBase, path), seen);
        Assert.Equal(before, (request.Http.Request.PathBase, request.Http.Request.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invoke_CodeThatThrows_IsTheHostsToHandle(bool isLate)
    {
        var app = await BuildAsync(async _ =>
        {
            if (isLate)
            {
                await Task.Yield();
            }

            throw new InvalidDataException("Mine.");
        });
        var request = new TestRequest("/dev/orders");

        await Assert.ThrowsAsync<InvalidDataException>(() => app(request.Http));

        Assert.Equal("/dev/orders", request.Http.Request.Path.Value);
        Assert.Equal("", request.Http.Request.PathBase.Value);
        Assert.Null(request.Http.Features.Get<IGatewayFeature>());
        Assert.Same(request, request.Http.Features.Get<IHttpRequestLifetimeFeature>());
    }

    [Fact]
    public async Task Invoke_TimeIsUp_Answers504()
    {
        var time = new ManualTimeProvider();
        var app = await BuildAsync(static http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted), time);
        var request = new TestRequest("/dev/orders");

        var answer = app(request.Http);
        time.Advance(TimeSpan.FromMilliseconds(29_000));
        await answer;

        Assert.Equal(StatusCodes.Status504GatewayTimeout, request.Http.Response.StatusCode);
        Assert.Equal("{\"message\": \"Endpoint request timed out\"}", Encoding.UTF8.GetString(request.Body.Written.Span));
    }

    [Fact]
    public async Task Invoke_ClientLeaves_GivesNoAnswer()
    {
        using var client = new CancellationTokenSource();
        var app = await BuildAsync(static http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted));
        var request = new TestRequest("/dev/orders") { RequestAborted = client.Token };

        var answer = app(request.Http);
        await client.CancelAsync();
        await answer;

        Assert.Equal(0, request.Body.Written.Length);
    }

    private static Task<RequestDelegate> BuildAsync(RequestDelegate terminal, TimeProvider? time = null) => TestGateway.BuildAsync(
        gateway =>
        {
            gateway.Services.AddSingleton(time ?? TimeProvider.System);
            gateway.AddRestApi("api", static api => api
                .Map("GET /", static method => method.InProcess())
                .Map("GET /orders", static method => method.InProcess())
                .Map("GET /orders/{proxy+}", static method => method.InProcess())
                .Stage("dev"));
        },
        terminal);
}
