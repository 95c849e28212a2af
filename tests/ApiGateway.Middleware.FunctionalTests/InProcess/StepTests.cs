using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.InProcess;

/// <summary>Middleware of the user's own between the steps.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task Insert_SeveralBesideOneStep_RunInTheOrderOfTheCalls()
    {
        await using var host = await StartAsync(static pipeline => pipeline
            .InsertBefore(GatewayStep.Route, Trace("before route 1"))
            .InsertBefore(GatewayStep.Route, Trace("before route 2"))
            .InsertAfter(GatewayStep.Route, Trace("after route 1"))
            .InsertAfter(GatewayStep.Route, Trace("after route 2"))
            .InsertBefore(GatewayStep.Limits, Trace("first"))
            .InsertBefore(GatewayStep.Integration, Trace("last")));

        Assert.Equal(
            "first ;before route 1 ;before route 2 ;after route 1 /x;after route 2 /x;last /x;",
            await host.GetTextAsync("/dev/x"));
    }

    [Fact]
    public async Task Insert_MiddlewareThatDoesNotCallNext_AnswersItself()
    {
        await using var host = await StartAsync(static pipeline => pipeline.InsertBefore<Guard>(GatewayStep.Integration));

        using var refused = await host.GetAsync("/dev/x");
        using var allowed = await host.SendAsync(HttpMethod.Get, "/dev/x", ("X-Allowed", "1"));

        Assert.Equal(402, (int)refused.StatusCode);
        Assert.Equal(200, (int)allowed.StatusCode);
    }

    [Fact]
    public async Task Insert_MiddlewareThatThrows_IsTheGatewaysFailure()
    {
        await using var host = await StartAsync(static pipeline => pipeline.InsertBefore(
            GatewayStep.Integration, static app => app.Use(static (HttpContext _, RequestDelegate _) => throw new InvalidOperationException("mine"))));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
        Assert.Equal("mine", (await host.Logs.NextAsync("RequestFailed")).Exception?.Message);
    }

    [Fact]
    public async Task Insert_RequestsOfNoApi_DoNotPassTheSteps()
    {
        await using var host = await StartAsync(static pipeline => pipeline.InsertBefore(
            GatewayStep.Limits, static app => app.Use(static (HttpContext _, RequestDelegate _) => throw new InvalidOperationException())));

        Assert.Equal(TestHost.Outside, await host.GetTextAsync("/elsewhere"));
    }

    [Fact]
    public async Task UseSteps_WithoutLimits_Works()
    {
        await using var host = await StartAsync(static pipeline => pipeline.UseSteps(GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task UseSteps_WrongOrder_FailsAtStartAndSaysWhich()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            static pipeline => pipeline.UseSteps(GatewayStep.Route, GatewayStep.Stage, GatewayStep.Integration)));

        Assert.StartsWith("Step 'Stage' must not come after step 'Route'. Order: Limits, Stage, Route,", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseSteps_StepTwice_Fails()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            static pipeline => pipeline.UseSteps(GatewayStep.Stage, GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration)));
    }

    [Fact]
    public async Task UseSteps_RequiredStepMissing_Fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(static pipeline => pipeline.UseSteps(GatewayStep.Stage, GatewayStep.Integration)));

        Assert.Contains("Step 'Route' is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseSteps_UnknownStep_Fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(static pipeline => pipeline.UseSteps((GatewayStep)7)));

        Assert.StartsWith("'7' is no step of the gateway.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insert_BesideAStepThatIsLeftOut_Fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(static pipeline => pipeline
            .UseSteps(GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration)
            .InsertBefore(GatewayStep.Limits, Trace("never"))));

        Assert.Contains("'Limits', which is not among the steps", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InsertAfter_Integration_Fails() => await Assert.ThrowsAsync<ArgumentException>(
        () => StartAsync(static pipeline => pipeline.InsertAfter(GatewayStep.Integration, Trace("never"))));

    [Fact]
    public async Task UseApiGateway_WithoutServices_SaysWhatIsMissing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();

        var failure = Assert.Throws<InvalidOperationException>(() => app.UseApiGateway());

        Assert.Contains("Call builder.Services.AddApiGateway() first.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddApiGateway_Twice_WorksOnce()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Builder = static builder => builder.Services.AddApiGateway(),
            Gateway = static gateway => gateway.AddRestApi("api", static api => api.Map("GET /x", static method => method.Mock(202)).Stage("dev")),
        });

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(202, (int)response.StatusCode);
    }

    private static Action<IApplicationBuilder> Trace(string name) => app => app.Use((http, next) =>
    {
        http.Items["trace"] = $"{http.Items["trace"]}{name} {http.Features.Get<IGatewayFeature>()!.ResourcePath};";
        return next(http);
    });

    private static Task<TestHost> StartAsync(Action<GatewayPipelineBuilder> configure) => TestHost.StartAsync(new TestHostSetup
    {
        App = app => app.UseApiGateway(configure),
        Gateway = static gateway => gateway
            .AddRestApi("api", static api => api.Map("GET /x", static method => method.InProcess("tell")).Stage("dev"))
            .AddHandler("tell", static http => http.Response.WriteAsync($"{http.Items["trace"]}")),
    });

    private sealed class Guard(RequestDelegate next)
    {
        public Task InvokeAsync(HttpContext http)
        {
            if (http.Request.Headers.ContainsKey("X-Allowed"))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status402PaymentRequired;
            return Task.CompletedTask;
        }
    }
}
