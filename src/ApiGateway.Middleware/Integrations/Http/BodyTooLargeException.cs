namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>A body is over the limit of a route that holds bodies in memory.</summary>
internal sealed class BodyTooLargeException : Exception;
