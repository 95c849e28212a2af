namespace ApiGateway.Middleware.Snapshots;

/// <summary>How the keys of an issuer are fetched, which differs between kinds of APIs.</summary>
/// <param name="CallTimeout">How long each call may take.</param>
/// <param name="MaxBytes">The longest document, in bytes.</param>
/// <param name="LongestUse">How long keys are used after a fetch, or <see langword="null"/> if options alone say so.</param>
internal sealed record JwtKeyRules(TimeSpan CallTimeout, int MaxBytes, TimeSpan? LongestUse)
{
    /// <summary>Gets the rules of user pools and of REST APIs.</summary>
    public static JwtKeyRules Rest { get; } = new(TimeSpan.FromSeconds(5), 256 * 1024, null);

    /// <summary>Gets the rules of HTTP APIs. Source: "Quotas for configuring and running an HTTP API".</summary>
    public static JwtKeyRules Http { get; } = new(TimeSpan.FromMilliseconds(1500), 150_000, TimeSpan.FromHours(2));
}
