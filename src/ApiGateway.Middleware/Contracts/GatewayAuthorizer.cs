namespace ApiGateway.Middleware.Contracts;

/// <summary>Decides inside the application who may call; <see cref="IGatewayAuthorizer"/> as a delegate.</summary>
/// <param name="request">What the authorizer may look at. Valid until the decision is made.</param>
/// <param name="cancellationToken">Cancelled after 29 seconds, or when the client leaves.</param>
/// <returns>The decision; the default value refuses. An exception refuses the request with 500.</returns>
public delegate ValueTask<AuthorizationResult> GatewayAuthorizer(AuthorizationRequest request, CancellationToken cancellationToken);
