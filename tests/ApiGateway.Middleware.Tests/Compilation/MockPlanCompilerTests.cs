using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class MockPlanCompilerTests
{
    [Theory]
    [InlineData("{\"statusCode\": 200}", 200)]
    [InlineData("{statusCode:599}", 599)]
    [InlineData(" { \"statusCode\" : 204 , } \n", 204)]
    public void Compile_ConstantTemplate_GivesItsStatus(string template, int status)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Methods[0].Integration!.RequestTemplates["application/json"] = template;

        var plan = (MockIntegrationPlan)Assert.Single(Compiled.Stage(api).Routes.Routes).Integration;

        var answer = Assert.Single(plan.Answers);
        Assert.Equal(("application/json", status, 0), (answer.ContentType, answer.Status, answer.Body.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"statusCode\": 199}")]
    [InlineData("{\"statusCode\": 600}")]
    [InlineData("{\"statusCode\": \"200\"}")]
    [InlineData("{\"statusCode\": 2000}")]
    [InlineData("{\"status\": 200}")]
    public void Compile_OtherTemplate_IsAnError(string template)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Methods[0].Integration!.RequestTemplates["application/json"] = template;

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.Contains("with N from 200 to 599", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("RequestTemplates:application/json", error.Origin.Path, StringComparison.Ordinal);
    }
}
