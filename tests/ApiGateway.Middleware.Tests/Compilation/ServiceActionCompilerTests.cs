using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>Integrations with a subtype: rules V-10 to V-12.</summary>
public sealed class ServiceActionCompilerTests
{
    [Theory]
    [InlineData("EventBridge-PutEvents", "Detail, DetailType, Source, Time?, EventBusName?, Resources?, Region?, TraceHeader?")]
    [InlineData("SQS-SendMessage", "QueueUrl, MessageBody, DelaySeconds?, MessageAttributes?, MessageDeduplicationId?, MessageGroupId?, MessageSystemAttributes?, Region?")]
    [InlineData("SQS-ReceiveMessage", "QueueUrl, AttributeNames?, MaxNumberOfMessages?, MessageAttributeNames?, ReceiveRequestAttemptId?, VisibilityTimeout?, WaitTimeSeconds?, Region?")]
    [InlineData("SQS-DeleteMessage", "ReceiptHandle, QueueUrl, Region?")]
    [InlineData("SQS-PurgeQueue", "QueueUrl, Region?")]
    [InlineData("AppConfig-GetConfiguration", "Application, Environment, Configuration, ClientId, ClientConfigurationVersion?, Region?")]
    [InlineData("Kinesis-PutRecord", "StreamName, Data, PartitionKey, SequenceNumberForOrdering?, ExplicitHashKey?, Region?")]
    [InlineData("StepFunctions-StartExecution", "StateMachineArn, Name?, Input?, Region?")]
    [InlineData("StepFunctions-StartSyncExecution", "StateMachineArn, Name?, Input?, Region?, TraceHeader?")]
    [InlineData("StepFunctions-StopExecution", "ExecutionArn, Cause?, Error?, Region?")]
    public void All_Subtype_HasTheParametersOfTheReference(string subtype, string expected) => Assert.Equal(
        expected, string.Join(", ", ServiceSubtype.All[subtype].Parameters.Select(static parameter => parameter.Name + (parameter.IsRequired ? "" : "?"))));

    [Fact]
    public void Compile_ParameterMissing_IsAnError()
    {
        var errors = Errors("SQS-SendMessage", ("QueueUrl", "q"));

        Assert.Contains("needs the parameter 'MessageBody'", Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MessageBody", "$request.nothing", "Invalid mapping expression")]
    [InlineData("Body", "x", "has no parameter 'Body'. Known: QueueUrl, MessageBody")]
    public void Compile_WrongParameter_IsAnError(string name, string value, string expected)
    {
        var errors = Errors("SQS-SendMessage", ("QueueUrl", "q"), (name, value), ("MessageGroupId", "g"));

        Assert.Contains(errors.Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_UnknownSubtype_IsAnErrorWithTheKnownOnes() =>
        Assert.Contains("must be one of AppConfig-GetConfiguration, EventBridge", Assert.Single(Errors("S3-PutObject").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Compile_NobodyCanDoIt_IsAWarning()
    {
        var errors = Errors("AppConfig-GetConfiguration", ("Application", "a"), ("Environment", "e"), ("Configuration", "c"), ("ClientId", "i"));

        Assert.Empty(errors.Errors);
        Assert.Contains("Nothing carries out 'AppConfig-GetConfiguration'", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FixedRegion_IsThatOfTheCall()
    {
        var errors = new DefinitionErrors();
        var plan = Compile(errors, "SQS-PurgeQueue", ("QueueUrl", "q"), ("Region", "eu-west-1"));

        Assert.Equal(("eu-west-1", "AmazonSQS.PurgeQueue"), (plan!.Call!.Server!.Region, plan.Call.Target));
    }

    private static DefinitionErrors Errors(string subtype, params (string Name, string Value)[] values)
    {
        var errors = new DefinitionErrors();
        Compile(errors, subtype, values);
        return errors;
    }

    private static ServiceActionPlan? Compile(DefinitionErrors errors, string subtype, params (string Name, string Value)[] values)
    {
        var integration = new IntegrationDefinition(IntegrationKind.AwsProxy) { IntegrationSubtype = subtype };
        foreach (var (name, value) in values)
        {
            integration.RequestParameters[name] = value;
        }

        return new ServiceActionCompiler(
            integration, new DefinitionOrigin("code", ""), Compiled.Stage(Compiled.Mocks("api", "GET /")), Compiled.NoHandlers, errors)
            .Compile(TimeSpan.FromSeconds(1));
    }
}
