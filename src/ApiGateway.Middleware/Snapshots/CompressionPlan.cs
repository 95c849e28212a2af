namespace ApiGateway.Middleware.Snapshots;

/// <summary>How an API undoes the coding of request bodies and codes response bodies.</summary>
/// <param name="MinimumSize">The smallest response body that is coded, in bytes.</param>
/// <param name="AllowsBrotli">Whether <c>br</c> is known beside <c>gzip</c> and <c>deflate</c>.</param>
internal sealed record CompressionPlan(int MinimumSize, bool AllowsBrotli);
