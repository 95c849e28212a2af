using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Tests.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class AwsPlanCompilerTests
{
    private const string Arn = "arn:aws:apigateway:eu-west-1:";

    [Theory]
    [InlineData(Arn + "sqs:path/1/q", "https://sqs.test/1/q")]
    [InlineData(Arn + "sqs:path//1/q", "https://sqs.test/1/q")]
    [InlineData(Arn + "sqs:path/${stageVariables.q}", "https://sqs.test/orders")]
    [InlineData(Arn + "${stageVariables.service}:path/1", "https://sns.test/1")]
    [InlineData(Arn + "sns:action/Publish", "https://sns.test/?Action=Publish&Version=2010-03-31")]
    [InlineData(Arn + "sns:action/Publish&Version=2009&A=b", "https://sns.test/?Action=Publish&Version=2009&A=b")]
    [InlineData(Arn + "other:action/Do", "https://other.test/?Action=Do")]
    [InlineData(Arn + "dynamodb:action/Query", "https://dynamodb.test/")]
    [InlineData(Arn + "lambda:path/2015-03-31/functions", "https://lambda.test/2015-03-31/functions")]
    public void Compile_Address_GivesTheRequest(string uri, string address)
    {
        var context = Compiled.Route(Compiled.Snapshot(Api(uri)), "/dev/x");
        var plan = Assert.IsType<AwsServicePlan>(context.Route.Integration);

        Assert.Equal(address, BackendUri.Build(context, plan.Request.Uri!, default)!.OriginalString);
    }

    [Theory]
    [InlineData("X-Amz-Target", null)]
    [InlineData("X-Other", "DynamoDB_20120810.Query")]
    public void Compile_TargetThatIsMapped_IsNotSetAgain(string header, string? target)
    {
        var api = Api(Arn + "dynamodb:action/Query");
        api.Methods[0].Integration!.RequestParameters["integration.request.header." + header] = "'x'";

        Assert.Equal(target, Plan(api).Target);
    }

    [Fact]
    public void Compile_ActionThatIsMapped_IsNotSetAgain()
    {
        var api = Api(Arn + "sqs:action/SendMessage");
        api.Methods[0].Integration!.RequestParameters["integration.request.querystring.Action"] = "'x'";

        Assert.Equal("https://sqs.test/?Version=2012-11-05", Plan(api).Request.Uri!.Fixed!.OriginalString);
    }

    [Theory]
    [InlineData(null, "Invalid ARN specified in the request")]
    [InlineData("orders", "Invalid ARN specified in the request")]
    [InlineData("http://127.0.0.1/", "Invalid ARN specified in the request")]
    [InlineData("arn:aws:apigateway:eu-west-1", "Invalid ARN specified in the request")]
    [InlineData("arn:aws:apigateway::sqs:path/q", "Invalid ARN specified in the request")]
    [InlineData(Arn + "sqs:queue/q", "AWS ARN for integration must contain path or action")]
    [InlineData(Arn + "a@b:path/q", "Invalid ARN specified in the request")]
    [InlineData(Arn + "{name}.s3:path/q", "Invalid ARN specified in the request")]
    [InlineData("arn:aws:apigateway:evil.example/:sqs:path/q", "Invalid ARN specified in the request")]
    [InlineData(Arn + "sqs:path/a/../b", "Invalid ARN specified in the request")]
    [InlineData(Arn + "sqs:action/", "Invalid ARN specified in the request")]
    [InlineData(Arn + "sqs:action/A?b", "Invalid ARN specified in the request")]
    public void Compile_BadAddress_IsAnError(string? uri, string message)
    {
        var errors = Compiled.Errors(Api(uri));

        Assert.StartsWith(message, Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Arn + "${stageVariables.none}:path/q")]
    [InlineData(Arn + "sqs:path/${stageVariables.up}/q")]
    public void Compile_StageVariableThatGivesNoAddress_WarnsAndFailsLater(string uri)
    {
        var errors = Compiled.Errors(Api(uri));

        Assert.Empty(errors.Errors);
        Assert.Contains(errors.Warnings, static warning => warning.Message.Contains("Requests will fail with 500", StringComparison.Ordinal));
        Assert.Null(Plan(Api(uri)).Request.Uri);
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact, 0)]
    [InlineData(DefinitionProfile.Embedded, 1)]
    public void Compile_ServiceThatIsNowhere_IsToldWhileLoading(DefinitionProfile profile, int errors)
    {
        var api = Api(Arn + "missing:path/q");
        api.Profile = profile;

        Assert.Equal(errors, Compiled.Errors(api).Errors.Count);
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact, null, "path/q", "error")]
    [InlineData(DefinitionProfile.Exact, "ANY", "path/q", null)]
    [InlineData(DefinitionProfile.Exact, "put", "path/q", "PUT")]
    [InlineData(DefinitionProfile.Exact, "FETCH", "path/q", "error")]
    [InlineData(DefinitionProfile.Embedded, null, "path/q", null)]
    [InlineData(DefinitionProfile.Embedded, null, "action/A", "POST")]
    public void Compile_Method_IsTheIntegrations(DefinitionProfile profile, string? method, string target, string? expected)
    {
        var api = Api(Arn + "sqs:" + target);
        api.Profile = profile;
        api.Methods[0].Integration!.IntegrationHttpMethod = method;

        var errors = Compiled.Errors(api).Errors;

        Assert.Equal(expected, errors.Count > 0 ? "error" : Plan(api).Request.Method?.Method);
    }

    [Theory]
    [InlineData(TestCall.Uri)]
    [InlineData("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${stageVariables.fn}/invocations")]
    public void Compile_Function_GivesItsName(string uri) =>
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:orders", FunctionPlan(Api(uri)).Function?.ToString());

    [Fact]
    public void Compile_FunctionCalledWithGet_FailsLater()
    {
        var api = Api(TestCall.Uri);
        api.Methods[0].Integration!.IntegrationHttpMethod = "GET";

        Assert.Null(FunctionPlan(api).Function);
    }

    [Fact]
    public void Compile_FunctionNameAloneInSettings_GivesTheFunction()
    {
        var api = Api("orders:live");
        api.Profile = DefinitionProfile.Embedded;

        Assert.Equal("live", FunctionPlan(api).Function?.Qualifier);
    }

    [Fact]
    public void Compile_Import_IsNotReportedAsClosed() =>
        Assert.DoesNotContain(
            Compiled.Errors(Api(Arn + "sqs:path/q")).Warnings, static warning => warning.Message.Contains("not in force", StringComparison.Ordinal));

    private static RestApiDefinition Api(string? uri)
    {
        var api = TestCall.Api("GET /x", uri, ("q", "orders"), ("service", "sns"), ("fn", "orders"), ("up", ".."));
        api.Methods[0].Integration = new IntegrationDefinition(IntegrationKind.Aws) { Uri = uri, IntegrationHttpMethod = "POST" };
        return api;
    }

    private static AwsServicePlan Plan(RestApiDefinition api) =>
        Assert.IsType<AwsServicePlan>(Compiled.Route(Compiled.Snapshot(api), "/dev/x").Route.Integration);

    private static AwsFunctionPlan FunctionPlan(RestApiDefinition api) =>
        Assert.IsType<AwsFunctionPlan>(Compiled.Route(Compiled.Snapshot(api), "/dev/x").Route.Integration);
}
