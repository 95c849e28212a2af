using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Integrations.Aws;

namespace ApiGateway.Middleware.Tests.Integrations.Aws;

/// <summary>What a service reads of an action without one of the application's own.</summary>
public sealed class ServiceActionBodyTests
{
    [Fact]
    public void Write_PutEvents_IsAListOfOneEntry() => Assert.Equal(
        """{"Entries":[{"Detail":"{\u0022a\u0022:1}","DetailType":"t","Source":"s","Time":1584039838,"Resources":["r"]}]}""",
        Body("EventBridge-PutEvents", ("Detail", "{\"a\":1}"), ("DetailType", "t"), ("Source", "s"), ("Time", "1584039838"), ("Resources", "r"), ("Region", "eu-west-1")));

    [Fact]
    public void Write_SendMessage_HasNumbersAndMaps() => Assert.Equal(
        """{"QueueUrl":"https://sqs/q","MessageBody":"m","DelaySeconds":5,"MessageAttributes":{"a":{"DataType":"String","StringValue":"x"}}}""",
        Body(
            "SQS-SendMessage", ("QueueUrl", "https://sqs/q"), ("MessageBody", "m"), ("DelaySeconds", "5"),
            ("MessageAttributes", """{"a":{"DataType":"String","StringValue":"x"}}""")));

    [Fact]
    public void Write_ValueOfAnotherForm_IsAText() => Assert.Equal(
        """{"QueueUrl":"q","MessageBody":"m","DelaySeconds":"5 }, ","MessageAttributes":"{"}""",
        Body("SQS-SendMessage", ("QueueUrl", "q"), ("MessageBody", "m"), ("DelaySeconds", "5 }, "), ("MessageAttributes", "{")));

    [Fact]
    public void Write_ReceiveMessage_HasLists() => Assert.Equal(
        """{"QueueUrl":"q","AttributeNames":["a","b"]}""", Body("SQS-ReceiveMessage", ("QueueUrl", "q"), ("AttributeNames", """["a","b"]""")));

    [Fact]
    public void Write_PutRecord_EncodesData() => Assert.Equal(
        """{"StreamName":"s","Data":"eA==","PartitionKey":"p"}""", Body("Kinesis-PutRecord", ("StreamName", "s"), ("Data", "x"), ("PartitionKey", "p")));

    [Fact]
    public void Write_StartExecution_HasNamesOfTheService() => Assert.Equal(
        """{"stateMachineArn":"arn","input":"{}"}""", Body("StepFunctions-StartExecution", ("StateMachineArn", "arn"), ("Input", "{}")));

    private static string Body(string subtype, params (string Name, string Value)[] values)
    {
        var integration = new IntegrationDefinition(Middleware.Contracts.IntegrationKind.AwsProxy) { IntegrationSubtype = subtype };
        foreach (var (name, value) in values)
        {
            integration.RequestParameters[name] = value;
        }

        var errors = new DefinitionErrors();
        var plan = new ServiceActionCompiler(
            integration, new DefinitionOrigin("code", ""), Compiled.Stage(Compiled.Mocks("api", "GET /")), Compiled.NoHandlers, errors).Compile(TimeSpan.Zero);
        Assert.Empty(errors.Errors);
        using var target = new PooledBufferWriter();
        ServiceActionBody.Write(target, plan!, values.ToDictionary(static item => item.Name, static item => item.Value));
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }
}
