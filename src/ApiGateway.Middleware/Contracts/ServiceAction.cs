namespace ApiGateway.Middleware.Contracts;

/// <summary>Carries out an action of an AWS service for an integration with a subtype, such as <c>SQS-SendMessage</c>.</summary>
/// <param name="request">The action and its parameters.</param>
/// <param name="cancellationToken">Cancelled when time is up or the client leaves.</param>
/// <returns>What the client gets. An exception is answered with 500.</returns>
public delegate ValueTask<ServiceActionResult> ServiceAction(ServiceActionRequest request, CancellationToken cancellationToken);
