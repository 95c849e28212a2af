using System.Buffers;
using System.IO.Pipelines;

namespace ApiGateway.Middleware.Contracts;

/// <summary>Calls Lambda functions. Register an implementation in the container to replace the built-in one.</summary>
/// <remarks>
/// One instance serves many calls at once. What happened before or in the function is told by the result; an exception means that
/// nothing is known, such as after a broken connection. The gateway does not retry.
/// </remarks>
public interface ILambdaInvoker
{
    /// <summary>Tells whether the function could be called, as far as that is known without calling it.</summary>
    /// <param name="function">The function.</param>
    /// <returns>Whether a call has somewhere to go. Asked while a definition is loaded.</returns>
    bool CanInvoke(LambdaFunctionName function);

    /// <summary>Calls a function and collects its answer.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="answer">Takes the payload of the answer. It may throw when the answer is longer than it takes.</param>
    /// <param name="cancellationToken">Cancelled when time is up or nobody waits any more.</param>
    /// <returns>How the call ended.</returns>
    ValueTask<LambdaInvocationResult> InvokeAsync(
        LambdaInvocation invocation, IBufferWriter<byte> answer, CancellationToken cancellationToken);

    /// <summary>Calls a function whose answer is handed on piece by piece; <c>InvokeWithResponseStream</c>.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="answer">Takes the payload and is flushed after each piece. The caller completes it.</param>
    /// <param name="cancellationToken">Cancelled when time is up or nobody waits any more.</param>
    /// <returns>How the call ended; known only after the last piece.</returns>
    ValueTask<LambdaInvocationResult> InvokeStreamingAsync(
        LambdaInvocation invocation, PipeWriter answer, CancellationToken cancellationToken);
}
