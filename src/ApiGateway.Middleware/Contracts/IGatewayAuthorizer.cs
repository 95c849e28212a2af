namespace ApiGateway.Middleware.Contracts;

/// <summary>Decides inside the application who may call. Authorizers of a definition name it as their <c>Handler</c>.</summary>
/// <remarks>
/// One instance serves many requests at once. An exception refuses the request with 500: nothing passes by mistake.
/// </remarks>
public interface IGatewayAuthorizer
{
    /// <summary>Decides about one request.</summary>
    /// <param name="request">What the authorizer may look at. Valid until the decision is made.</param>
    /// <param name="cancellationToken">Cancelled after 29 seconds, or when the client leaves.</param>
    /// <returns>The decision; the default value refuses.</returns>
    ValueTask<AuthorizationResult> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken);
}
