namespace ApiGateway.Middleware.Buffers;

/// <summary>More was written than a <see cref="PooledBufferWriter"/> may hold.</summary>
internal sealed class BufferLimitException() : InvalidOperationException("The buffer's limit is reached.");
