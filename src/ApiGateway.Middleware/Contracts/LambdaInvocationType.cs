namespace ApiGateway.Middleware.Contracts;

/// <summary>How a function is called; <c>X-Amz-Invocation-Type</c> of the Lambda API "Invoke".</summary>
public enum LambdaInvocationType
{
    /// <summary><c>RequestResponse</c>: the caller waits for the answer. The default.</summary>
    RequestResponse,

    /// <summary><c>Event</c>: the function runs later; the answer has status 202 and no payload.</summary>
    Event,

    /// <summary><c>DryRun</c>: the function is not run; the answer has status 204 if it could be.</summary>
    DryRun,
}
