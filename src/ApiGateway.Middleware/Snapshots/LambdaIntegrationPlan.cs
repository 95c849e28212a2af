using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A Lambda function that gets the whole request as an event.</summary>
internal sealed class LambdaIntegrationPlan(TimeSpan timeout) : IntegrationPlan(IntegrationKind.AwsProxy, timeout)
{
    /// <summary>Gets the function, or <see langword="null"/> if there is none to call: every request then fails with 500.</summary>
    public required LambdaFunctionName? Function { get; init; }

    /// <summary>Gets whether the answer is handed on piece by piece.</summary>
    public required bool IsStreaming { get; init; }

    /// <summary>Gets whether headers follow Amazon API Gateway (trace id, remapping) or plain HTTP proxies.</summary>
    public required bool IsAws { get; init; }

    /// <summary>Gets the form of events and answers.</summary>
    public LambdaFormat Format { get; init; }

    /// <summary>Gets what is the same in each event of the route; <see langword="null"/> in <see cref="LambdaFormat.Http2"/>.</summary>
    public LambdaEventPlan? Event { get; init; }

    /// <summary>Gets what is the same in each event of <see cref="LambdaFormat.Http2"/>, else <see langword="null"/>.</summary>
    public LambdaHttpEventPlan? HttpEvent { get; init; }

    /// <summary>Gets what is the same in each event of <see cref="LambdaFormat.Message"/>, else <see langword="null"/>.</summary>
    public MessageEventPlan? MessageEvent { get; init; }

    public required BinaryMediaTypes? BinaryTypes { get; init; }
}
