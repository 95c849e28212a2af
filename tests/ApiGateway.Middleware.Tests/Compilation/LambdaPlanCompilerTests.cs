using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Tests.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class LambdaPlanCompilerTests
{
    private const string Prefix = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/";
    private const string Orders = "arn:aws:lambda:us-east-1:123456789012:function:orders";

    [Theory]
    [InlineData(TestCall.Uri, Orders)]
    [InlineData(Prefix + Orders + ":live/invocations", Orders + ":live")]
    [InlineData(Prefix + "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.fn}:${stageVariables.alias}/invocations", Orders + ":live")]
    [InlineData(Prefix + "orders/invocations", Orders)]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:path//2015-03-31/functions/" + Orders + "/invocations", Orders)]
    public void Compile_Address_GivesTheFunction(string uri, string function)
    {
        var plan = Plan(TestCall.Api("GET /x", uri, ("fn", "orders"), ("alias", "live")));

        Assert.Equal(function, plan.Function?.ToString());
    }

    [Fact]
    public void Compile_NameAloneInSettings_GivesTheFunction()
    {
        var api = TestCall.Api("GET /x", "orders:live");
        api.Profile = DefinitionProfile.Embedded;
        api.Methods[0].Integration!.IntegrationHttpMethod = null;

        Assert.Equal(Orders + ":live", Plan(api).Function?.ToString());
    }

    [Theory]
    [InlineData(null, "Invalid ARN specified in the request")]
    [InlineData("http://127.0.0.1/", "Invalid ARN specified in the request")]
    [InlineData("arn:aws:apigateway:us-east-1:lambda", "Invalid ARN specified in the request")]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:2015-03-31/functions/x/invocations", "AWS ARN for integration must contain path or action")]
    [InlineData("arn:aws:apigateway:us-east-1:sqs:path/queue", "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")]
    [InlineData(Prefix + "/invocations", "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")]
    [InlineData(Prefix + "a b/invocations", "Invalid ARN specified in the request")]
    public void Compile_BadAddress_IsAnError(string? uri, string message)
    {
        var errors = Compiled.Errors(TestCall.Api("GET /x", uri));

        Assert.StartsWith(message, Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_StageVariableMissing_WarnsAndFailsLater()
    {
        var api = TestCall.Api("GET /x", Prefix + "${stageVariables.fn}/invocations");

        Assert.Null(Plan(api).Function);
        Assert.Contains(Compiled.Errors(api).Warnings, static warning => warning.Message.Contains("Requests will fail with 500", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact, 0)]
    [InlineData(DefinitionProfile.Embedded, 1)]
    public void Compile_FunctionThatIsNowhere_IsToldWhileLoading(DefinitionProfile profile, int errors)
    {
        var api = TestCall.Api("GET /x", Prefix + "missing/invocations");
        api.Profile = profile;

        Assert.Equal(errors, Compiled.Errors(api).Errors.Count);
    }

    [Fact]
    public void Compile_MethodOtherThanPost_FailsLater()
    {
        var api = TestCall.Api("GET /x");
        api.Methods[0].Integration!.IntegrationHttpMethod = "GET";

        Assert.Null(Plan(api).Function);
    }

    [Fact]
    public void Compile_NoMethod_IsAnError()
    {
        var api = TestCall.Api("GET /x");
        api.Methods[0].Integration!.IntegrationHttpMethod = null;

        Assert.Equal("Enumeration value for HttpMethod must be non-empty", Assert.Single(Compiled.Errors(api).Errors).Message);
    }

    private static LambdaIntegrationPlan Plan(RestApiDefinition api) =>
        Assert.IsType<LambdaIntegrationPlan>(Compiled.Route(Compiled.Snapshot(api), "/dev/x").Route.Integration);
}
