namespace ApiGateway.Middleware.Buffers;

/// <summary>A body is over the limit of what is held in memory.</summary>
internal sealed class BodyTooLargeException : Exception;
