using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Pipeline;

public sealed class GatewayPipelineBuilderTests
{
    [Fact]
    public void Steps_Always_StandInTheOrderOfTheEnum() =>
        Assert.Equal(Enum.GetValues<GatewayStep>().Where(GatewayPipeline.Steps.Contains).Order(), GatewayPipeline.Steps);

    [Theory]
    [InlineData("is missing", GatewayStep.Stage, GatewayStep.Route)]
    [InlineData("must not come after", GatewayStep.Route, GatewayStep.Stage, GatewayStep.Integration)]
    [InlineData("must not come after", GatewayStep.Stage, GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration)]
    [InlineData("is no step", GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration, (GatewayStep)9999)]
    public void UseSteps_WrongOrder_FailsAtStart(string expected, params GatewayStep[] steps)
    {
        var app = App();

        var exception = Assert.Throws<InvalidOperationException>(() => app.UseApiGateway(pipeline => pipeline.UseSteps(steps)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InsertBefore_StepThatIsLeftOut_FailsAtStart()
    {
        var app = App();

        Assert.Throws<InvalidOperationException>(() => app.UseApiGateway(static pipeline => pipeline
            .UseSteps(GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration)
            .InsertBefore(GatewayStep.Limits, static _ => { })));
    }

    [Fact]
    public void InsertAfter_Integration_IsRefused() =>
        Assert.Throws<ArgumentException>(() => App().UseApiGateway(static pipeline => pipeline.InsertAfter(GatewayStep.Integration, static _ => { })));

    [Fact]
    public void UseApiGateway_WithoutServices_SaysTheCure()
    {
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());

        var exception = Assert.Throws<InvalidOperationException>(() => app.UseApiGateway());

        Assert.Contains("AddApiGateway()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insert_SeveralBesideOneStep_RunInTheOrderOfTheCalls()
    {
        var order = new List<string>();
        Action<IApplicationBuilder> Note(string name) => branch => branch.Use(next => http =>
        {
            order.Add(name);
            return next(http);
        });
        var app = new ApplicationBuilder(await TestGateway.ServicesAsync(static gateway => gateway.AddRestApi(
            "api", static api => api.Map("GET /a", static method => method.Mock()).Stage("dev"))));
        app.UseApiGateway(pipeline => pipeline
            .InsertAfter(GatewayStep.Route, Note("after 1"))
            .InsertBefore(GatewayStep.Integration, Note("before integration"))
            .InsertBefore(GatewayStep.Route, Note("before 1"))
            .InsertBefore(GatewayStep.Route, Note("before 2"))
            .InsertAfter(GatewayStep.Route, Note("after 2")));
        var request = new TestRequest("/dev/a");

        await app.Build()(request.Http);

        Assert.Equal(["before 1", "before 2", "after 1", "after 2", "before integration"], order);
        Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);
    }

    private static ApplicationBuilder App() => new(TestGateway.Services(static _ => { }));
}
