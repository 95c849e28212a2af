using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.InProcess;

/// <summary>The application itself answers.</summary>
public sealed class InProcessTests
{
    [Theory]
    [InlineData("", "/dev/orders/42", "/dev|/orders/42")]
    [InlineData("", "/dev/orders/a%20b", "/dev|/orders/a b")]
    [InlineData("", "/dev/orders/a%2Fb", "/dev|/orders/a%2Fb")]
    [InlineData("", "//dev//orders/42/", "/dev|/orders/42/")]
    [InlineData("/gw", "/gw/dev/orders/42", "/gw/dev|/orders/42")]
    [InlineData("/gw", "/GW/dev/orders/42", "/GW/dev|/orders/42")]
    public async Task Rest_OfThePipeline_SeesMountAndStageAsPathBase(string mount, string target, string expected)
    {
        (string PathBase, string Path) after = default;
        await using var host = await StartAsync(app =>
        {
            app.Use(async (http, next) =>
            {
                var before = (http.Request.PathBase.Value!, http.Request.Path.Value!);
                await next(http);
                after = (http.Request.PathBase.Value!, http.Request.Path.Value!);
                Assert.Equal(before, after);
            });
            app.UseApiGateway(mount);
            app.Run(static http => http.Response.WriteAsync($"{http.Request.PathBase.Value}|{http.Request.Path.Value}"));
        });

        Assert.Equal(expected, await host.GetTextAsync(target));
        Assert.Equal("", after.PathBase);
        Assert.NotEqual("", after.Path);
    }

    [Fact]
    public async Task Handlers_DelegateAndClass_AnswerByName()
    {
        await using var host = await TestHost.StartAsync(gateway => gateway
            .AddRestApi("api", api => api
                .Map("GET /delegate", static method => method.InProcess("delegate"))
                .Map("GET /class", static method => method.InProcess("class"))
                .Stage("dev"))
            .AddHandler("delegate", static _ => throw new InvalidOperationException("A later registration replaces this one."))
            .AddHandler("delegate", static http => http.Response.WriteAsync("delegate " + http.Request.Path))
            .AddHandler<ClassHandler>("class"));

        Assert.Equal("delegate /delegate", await host.GetTextAsync("/dev/delegate"));
        Assert.Equal("class /class 1", await host.GetTextAsync("/dev/class"));
        Assert.Equal("class /class 2", await host.GetTextAsync("/dev/class"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("after")]
    public async Task Endpoints_RoutingByDefaultOrAfterTheGateway_MatchTheResourcePath(string routing)
    {
        await using var host = await StartAsync(
            app =>
            {
                app.UseApiGateway();
                if (routing == "after")
                {
                    app.UseRouting();
                }

                app.MapGet("/orders/{id:int}", static (int id, HttpContext http) => $"order {id} at {http.Request.PathBase}");
                app.MapGet("/own", static () => "own");
                app.MapFallback(static () => "fallback");
            },
            addsTerminal: false);

        Assert.Equal("order 42 at /dev", await host.GetTextAsync("/dev/orders/42"));
        Assert.Equal("fallback", await host.GetTextAsync("/dev/orders/none"));
        Assert.Equal("own", await host.GetTextAsync("/own"));
        Assert.Equal("order 7 at ", await host.GetTextAsync("/orders/7"));
        Assert.Equal(0, host.Logs.Count("EndpointMatchedTooEarly"));
    }

    [Fact]
    public async Task Endpoints_RoutingBeforeTheGateway_AreMatchedAgainWithTheResourcePath()
    {
        await using var host = await StartAsync(
            static app =>
            {
                app.UseRouting();
                app.UseApiGateway();
                app.MapGet("/dev/orders/42", static () => "matched too early");
                app.MapGet("/orders/{id}", static (string id, HttpContext http) => $"order {id} at {http.Request.PathBase}");
                app.MapGet("/own", static () => "own");
            },
            addsTerminal: false);

        Assert.Equal("order 42 at /dev", await host.GetTextAsync("/dev/orders/42"));
        Assert.Equal("own", await host.GetTextAsync("/own"));
        Assert.Equal(0, host.Logs.Count("EndpointMatchedTooEarly"));
    }

    [Fact]
    public async Task Exception_OfTheApplication_GoesToItsOwnHandler()
    {
        await using var host = await StartAsync(static app =>
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = static http => http.Response.WriteAsync(
                    "handled: " + http.Features.Get<IExceptionHandlerFeature>()!.Error.Message + " " + http.Request.Path),
            });
            app.UseApiGateway();
            app.Run(static http => http.Request.Path == "/orders/sync" ? throw new InvalidOperationException("sync") : ThrowAsync());
        });

        Assert.Equal("handled: sync /dev/orders/sync", await host.GetTextAsync("/dev/orders/sync"));
        Assert.Equal("handled: async /dev/orders/async", await host.GetTextAsync("/dev/orders/async"));
        Assert.Equal(0, host.Logs.Count("RequestFailed"));

        static async Task ThrowAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("async");
        }
    }

    [Fact]
    public async Task Timeout_CodeThatWatchesRequestAborted_504()
    {
        var time = new ManualTimeProvider();
        var waiting = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Gateway = gateway => gateway
                .AddRestApi("api", static api => api
                    .Map("GET /x", static method => method.InProcess("slow", static integration => integration.TimeoutInMillis = 1000))
                    .Stage("dev"))
                .AddHandler("slow", async http =>
                {
                    var forever = Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                    waiting.SetResult();
                    await forever;
                }),
        });

        var answer = host.GetAsync("/dev/x");
        await waiting.Task.InTime();
        time.Advance(TimeSpan.FromSeconds(1));

        using var response = await answer.InTime();
        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
    }

    [Fact]
    public async Task Client_Leaves_ApplicationSeesItAndNobodyCallsItAFailure()
    {
        var waiting = new TaskCompletionSource();
        var seen = new TaskCompletionSource<bool>();
        await using var host = await StartAsync(app =>
        {
            app.UseApiGateway();
            app.Run(async http =>
            {
                using var registration = http.RequestAborted.Register(() => seen.SetResult(true));
                waiting.SetResult();
                await seen.Task;
                http.RequestAborted.ThrowIfCancellationRequested();
            });
        });
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/orders/1 HTTP/1.1");
        await waiting.Task.InTime();
        connection.Reset();

        Assert.True(await seen.Task.InTime());
        Assert.Equal(0, host.Logs.Count("RequestFailed"));
    }

    [Fact]
    public async Task Feature_InsideAndOutside_TellsTheRequest()
    {
        IGatewayFeature? before = null;
        IGatewayFeature? after = null;
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = static gateway => gateway
                .AddRestApi("api", static api =>
                {
                    api.Definition.Id = "abc123";
                    api.Map("GET /a/{x}/{rest+}", static method => method.InProcess("tell")).Stage("dev", ("color", "red"));
                })
                .AddHandler("tell", static http =>
                {
                    var feature = http.Features.Get<IGatewayFeature>()!;
                    Assert.Equal(feature.RequestId, feature.RequestId);
                    return http.Response.WriteAsync(string.Join(
                        '|', feature.ApiId, feature.ApiName, feature.Stage, feature.ResourcePath, feature.SourceIp,
                        feature.StageVariables["color"], feature.PathParameters["x"], feature.GetPathParameter("rest"),
                        feature.GetPathParameter("none") ?? "null", feature.ResourceId?.Length, feature.RequestId.Length));
                }),
            App = app =>
            {
                app.Use(async (http, next) =>
                {
                    before = http.Features.Get<IGatewayFeature>();
                    await next(http);
                    after = http.Features.Get<IGatewayFeature>();
                });
                app.UseApiGateway();
            },
        });

        Assert.Equal("abc123|api|dev|/a/{x}/{rest+}|127.0.0.1|red|%41|b/c|null|10|36", await host.GetTextAsync("/dev/a/%41/b/c"));
        Assert.Null(before);
        Assert.Null(after);
    }

    [Fact]
    public async Task Pool_ManyRequestsAtOnce_NoneSeesAnother()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddRestApi("api", static api => api.Map("GET /{id}", static method => method.InProcess("tell")).Stage("dev"))
            .AddHandler("tell", static async http =>
            {
                await Task.Yield();
                await http.Response.WriteAsync(http.Features.Get<IGatewayFeature>()!.GetPathParameter("id")!);
            }));

        await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            Assert.Equal($"{i}", await host.GetTextAsync($"/dev/{i}")));
    }

    private static Task<TestHost> StartAsync(Action<WebApplication> app, bool addsTerminal = false) => TestHost.StartAsync(new TestHostSetup
    {
        AddsTerminal = addsTerminal,
        App = app,
        Gateway = static gateway => gateway.AddRestApi("api", static api => api
            .Map("GET /orders/{id}", static method => method.InProcess()).Stage("dev")),
    });

    private sealed class ClassHandler : IInProcessHandler
    {
        private int _calls;

        public Task HandleAsync(HttpContext context) =>
            context.Response.WriteAsync($"class {context.Request.Path} {Interlocked.Increment(ref _calls)}");
    }
}
