using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Contracts;

/// <summary>Answers the requests of <c>IN_PROCESS</c> integrations that name it, inside the application.</summary>
/// <remarks>
/// One instance serves many requests at once. Path variables and stage variables are read through
/// <c>IGatewayFeature</c>. An exception goes to the host's exception handling.
/// </remarks>
public interface IInProcessHandler
{
    /// <summary>Answers one request.</summary>
    /// <param name="context">The request; its <c>Path</c> is the resource path, without mount and stage.</param>
    /// <returns>A task that ends when the answer was written.</returns>
    Task HandleAsync(HttpContext context);
}
