using System.Buffers;

namespace ApiGateway.Middleware.Contracts;

/// <summary>A Lambda function that runs inside the application.</summary>
/// <param name="payload">The event, UTF-8 JSON. Valid until the function has ended: copy what is needed for longer.</param>
/// <param name="answer">Takes the answer, UTF-8 JSON. On routes that stream it is a <see cref="System.IO.Pipelines.PipeWriter"/>.</param>
/// <param name="context">What else is known of the call.</param>
/// <param name="cancellationToken">Cancelled when time is up or the client leaves.</param>
/// <returns>A task that ends when the answer was written. An exception is a function error, answered with 502.</returns>
public delegate ValueTask LambdaFunction(
    ReadOnlyMemory<byte> payload, IBufferWriter<byte> answer, LambdaContext context, CancellationToken cancellationToken);
