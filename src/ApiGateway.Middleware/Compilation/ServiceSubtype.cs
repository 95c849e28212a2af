using System.Collections.Frozen;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>An action that integrations of HTTP APIs can name. Source: "Integration subtype reference" in the Amazon API Gateway developer guide.</summary>
/// <param name="Name">The subtype.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Service">The service whose JSON protocol carries the action, or <see langword="null"/> if only the application can.</param>
/// <param name="Target">The header <c>X-Amz-Target</c> of that protocol.</param>
/// <param name="ContentType">The content type of that protocol.</param>
/// <param name="Wrapper">The member that is a list with the parameters as its one item, or <see langword="null"/>.</param>
internal sealed record ServiceSubtype(
    string Name, ServiceSubtype.Parameter[] Parameters, string? Service = null, string? Target = null, string? ContentType = null,
    string? Wrapper = null)
{
    private const string Json10 = "application/x-amz-json-1.0";
    private const string Json11 = "application/x-amz-json-1.1";

    private static readonly Parameter Region = new("Region", false);

    /// <summary>Gets all subtypes by name.</summary>
    public static FrozenDictionary<string, ServiceSubtype> All { get; } = new ServiceSubtype[]
    {
        new(
            "EventBridge-PutEvents",
            [
                new("Detail", true), new("DetailType", true), new("Source", true), new("Time", false, ServiceValueKind.Number),
                new("EventBusName", false), new("Resources", false, ServiceValueKind.List), Region, new("TraceHeader", false),
            ],
            "events", "AWSEvents.PutEvents", Json11, "Entries"),
        new(
            "SQS-SendMessage",
            [
                new("QueueUrl", true), new("MessageBody", true), new("DelaySeconds", false, ServiceValueKind.Number),
                new("MessageAttributes", false, ServiceValueKind.Json), new("MessageDeduplicationId", false), new("MessageGroupId", false),
                new("MessageSystemAttributes", false, ServiceValueKind.Json), Region,
            ],
            "sqs", "AmazonSQS.SendMessage", Json10),
        new(
            "SQS-ReceiveMessage",
            [
                new("QueueUrl", true), new("AttributeNames", false, ServiceValueKind.List),
                new("MaxNumberOfMessages", false, ServiceValueKind.Number), new("MessageAttributeNames", false, ServiceValueKind.List),
                new("ReceiveRequestAttemptId", false), new("VisibilityTimeout", false, ServiceValueKind.Number),
                new("WaitTimeSeconds", false, ServiceValueKind.Number), Region,
            ],
            "sqs", "AmazonSQS.ReceiveMessage", Json10),
        new("SQS-DeleteMessage", [new("ReceiptHandle", true), new("QueueUrl", true), Region], "sqs", "AmazonSQS.DeleteMessage", Json10),
        new("SQS-PurgeQueue", [new("QueueUrl", true), Region], "sqs", "AmazonSQS.PurgeQueue", Json10),
        new(
            "AppConfig-GetConfiguration",
            [
                new("Application", true), new("Environment", true), new("Configuration", true), new("ClientId", true),
                new("ClientConfigurationVersion", false), Region,
            ]),
        new(
            "Kinesis-PutRecord",
            [
                new("StreamName", true), new("Data", true, ServiceValueKind.Bytes), new("PartitionKey", true),
                new("SequenceNumberForOrdering", false), new("ExplicitHashKey", false), Region,
            ],
            "kinesis", "Kinesis_20131202.PutRecord", Json11),
        new("StepFunctions-StartExecution", Execution(), "states", "AWSStepFunctions.StartExecution", Json10),
        new(
            "StepFunctions-StartSyncExecution",
            [.. Execution(), new("TraceHeader", false) { Member = "traceHeader" }]),
        new(
            "StepFunctions-StopExecution",
            [
                new("ExecutionArn", true) { Member = "executionArn" }, new("Cause", false) { Member = "cause" },
                new("Error", false) { Member = "error" }, Region,
            ],
            "states", "AWSStepFunctions.StopExecution", Json10),
    }.ToFrozenDictionary(static subtype => subtype.Name, StringComparer.Ordinal);

    private static Parameter[] Execution() =>
    [
        new("StateMachineArn", true) { Member = "stateMachineArn" }, new("Name", false) { Member = "name" }, new("Input", false) { Member = "input" },
        Region,
    ];

    /// <summary>A parameter of a subtype.</summary>
    /// <param name="Name">The name in definitions.</param>
    /// <param name="IsRequired">Whether it has to be there.</param>
    /// <param name="Kind">The form in the service's JSON.</param>
    internal sealed record Parameter(string Name, bool IsRequired, ServiceValueKind Kind = ServiceValueKind.Text)
    {
        /// <summary>Gets the name in the service's JSON.</summary>
        public string Member { get; init; } = Name;
    }
}
