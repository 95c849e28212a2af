namespace ApiGateway.Middleware.Contracts;

/// <summary>What a function in process knows of its call, beside the event.</summary>
public readonly struct LambdaContext
{
    private readonly LambdaInvocation _invocation;
    private readonly TimeProvider _time;

    internal LambdaContext(in LambdaInvocation invocation, TimeProvider time)
    {
        _invocation = invocation;
        _time = time;
    }

    /// <summary>Gets the function's name.</summary>
    public string FunctionName => _invocation.Function.Name;

    /// <summary>Gets the version or alias that was asked for; <c>$LATEST</c> if none was.</summary>
    public string FunctionVersion => _invocation.Function.Qualifier ?? "$LATEST";

    /// <summary>Gets the ARN that was asked for, or the name if the call has no ARN.</summary>
    public string InvokedFunctionArn => _invocation.Function.ToString();

    /// <summary>Gets the id of the call: that of the request which causes it, or an empty text if there is none.</summary>
    public string AwsRequestId => _invocation.RequestId ?? "";

    /// <summary>Gets the value of <c>X-Amzn-Trace-Id</c>, or <see langword="null"/>.</summary>
    public string? TraceId => _invocation.TraceId;

    /// <summary>Gets how long the caller still waits.</summary>
    /// <value>Never negative; <see cref="TimeSpan.MaxValue"/> if the caller has no limit.</value>
    public TimeSpan RemainingTime
    {
        get
        {
            if (_invocation.Deadline is not { } deadline)
            {
                return TimeSpan.MaxValue;
            }

            var left = deadline - _time.GetUtcNow();
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }
}
