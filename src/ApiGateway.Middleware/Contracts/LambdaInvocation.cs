namespace ApiGateway.Middleware.Contracts;

/// <summary>One call of a Lambda function.</summary>
public readonly struct LambdaInvocation
{
    /// <summary>Initializes a new instance of the <see cref="LambdaInvocation"/> struct.</summary>
    /// <param name="function">The function.</param>
    /// <param name="payload">The event, UTF-8 JSON; must stay unchanged until the call has ended.</param>
    public LambdaInvocation(LambdaFunctionName function, ReadOnlyMemory<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
        Payload = payload;
    }

    /// <summary>Gets the function.</summary>
    public LambdaFunctionName Function { get; }

    /// <summary>Gets the event, UTF-8 JSON. Valid until the call has ended.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Gets how the function is called.</summary>
    public LambdaInvocationType Type { get; init; }

    /// <summary>Gets the id of the request that causes the call, or <see langword="null"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the value of <c>X-Amzn-Trace-Id</c>, or <see langword="null"/>.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets when the caller stops waiting, or <see langword="null"/> if it does not.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
