namespace ApiGateway.Middleware.Contracts;

/// <summary>How a call of a Lambda function ended. The default value is a failure.</summary>
/// <remarks>Source: response elements and errors of "Invoke" in the AWS Lambda API reference.</remarks>
public readonly struct LambdaInvocationResult
{
    /// <summary>The function ran and answered.</summary>
    public static readonly LambdaInvocationResult Succeeded = new() { StatusCode = 200 };

    /// <summary>Gets the status of the call: 200, 202 (<c>Event</c>), 204 (<c>DryRun</c>), or that of an error before the function ran.</summary>
    public int StatusCode { get; init; }

    /// <summary>Gets <c>Unhandled</c> or <c>Handled</c> if the function itself failed, else <see langword="null"/>. The payload then describes the error.</summary>
    public string? FunctionError { get; init; }

    /// <summary>Gets why the function was not run, such as <c>TooManyRequestsException</c> or <c>ResourceNotFoundException</c>, or <see langword="null"/>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets whether the function was called and did not fail.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300 && FunctionError is null;

    /// <summary>Gets whether the call was refused because there are too many (429).</summary>
    public bool IsThrottled => StatusCode == 429;
}
