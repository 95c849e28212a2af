namespace ApiGateway.Middleware.Snapshots;

/// <summary>A value that a stage accepts.</summary>
/// <param name="Hash">The hash of the value.</param>
/// <param name="Grant">What it opens.</param>
/// <param name="Expires">When it ends, or <see langword="null"/> for never.</param>
internal sealed record ApiKeyEntry(UInt128 Hash, ApiKeyGrant Grant, DateTimeOffset? Expires);
