namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>Where the values of condition keys come from: the host's view of one request.</summary>
/// <remarks>
/// A key that is absent is not the same as one that is empty. Keys that need an authenticated caller are absent, not empty,
/// for every authorization type but IAM. An exception of a source passes through the evaluation; the caller refuses then.
/// </remarks>
internal abstract class PolicyKeySource
{
    /// <summary>A request without any key.</summary>
    public static PolicyKeySource Empty { get; } = new NoKeys();

    /// <summary>Gets the value of a key, or <see langword="false"/> if the request has none.</summary>
    /// <remarks>
    /// Known keys are told by <see cref="PolicyKey.Id"/>, others by <see cref="PolicyKey.Name"/>, ignoring case.
    /// Called once for each condition that is looked at, so answer without allocating.
    /// </remarks>
    public abstract bool TryGet(PolicyKey key, out PolicyValue value);

    private sealed class NoKeys : PolicyKeySource
    {
        public override bool TryGet(PolicyKey key, out PolicyValue value)
        {
            value = default;
            return false;
        }
    }
}
