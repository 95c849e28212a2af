namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>Tries a method of an API without a server, and tells what each step made of the request.</summary>
/// <remarks>
/// <para>
/// Validation, transformation and integration run as they would in the stage, and the backend is really asked. Skipped are the choice
/// of API and stage by host and path, authorizers, API keys, throttling, the cache, compression, and middleware of your own between
/// the steps. The definition is the one in force; if there is none yet, it is loaded first. Metrics and logs are written as usual.
/// </para>
/// <para>
/// What the log tells of bodies and parameters is not masked. Masked are the headers <c>Authorization</c>, <c>Cookie</c>,
/// <c>Proxy-Authorization</c>, <c>Set-Cookie</c>, <c>X-Amz-Security-Token</c> and <c>X-Api-Key</c>.
/// </para>
/// <para>Source: <c>TestInvokeMethod</c> of the API reference, and recordings of the service.</para>
/// </remarks>
public interface IGatewayTestInvoker
{
    /// <summary>Runs one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the request as a client does that leaves.</param>
    /// <returns>The response and the execution log; an answer of the gateway itself, such as 400 or 500, is a result like any other.</returns>
    /// <exception cref="TestInvokeException">The definition has no such API, stage, resource or method, or the request cannot be sent.</exception>
    /// <exception cref="Definitions.DefinitionException">No definition was in force, and the one that was loaded has errors.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<TestInvokeResult> InvokeAsync(TestInvokeRequest request, CancellationToken cancellationToken = default);
}
