namespace ApiGateway.Middleware.Contracts;

/// <summary>How the keys of token issuers are fetched and kept; <c>ApiGateway:Jwt</c> in configuration.</summary>
public sealed class JwtOptions
{
    /// <summary>Gets or sets how long a key set is used before it must be fetched again. A fetch in the background begins at 80 % of it.</summary>
    /// <value>From 1 minute to 1 day. The default is 1 hour. <c>Cache-Control</c> of the issuer may shorten it, to 1 minute at least;
    /// JWT authorizers of HTTP APIs use keys for 2 hours at most.</value>
    public TimeSpan JwksTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long a key set is used while its issuer cannot be reached.</summary>
    /// <value>At least <see cref="JwksTtl"/>. The default is 24 hours.</value>
    public TimeSpan JwksMaxStale { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets a value indicating whether JWT authorizers of HTTP APIs use a key set for two more hours while its issuer cannot be reached.</summary>
    /// <value>The default is <see langword="false"/>: they use keys for two hours at most. <see cref="JwksMaxStale"/> is not for them.</value>
    public bool ExtendHttpApiKeys { get; set; }

    /// <summary>Gets or sets the least time between two fetches that tokens with unknown key ids cause, for each issuer.</summary>
    /// <value>From 1 second to 1 hour. The default is 60 seconds.</value>
    public TimeSpan UnknownKidRefreshInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets how far the clocks of issuers may be from the gateway's, for <c>exp</c>, <c>nbf</c> and <c>iat</c> of tokens. Read at start.</summary>
    /// <value>From zero to 5 minutes. The default is zero, as in the managed service.</value>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Gets or sets a value indicating whether keys may come over plain HTTP, from the loopback address only.</summary>
    /// <value>The default is <see langword="false"/>; meant for tests and for development.</value>
    public bool AllowInsecureJwks { get; set; }

    /// <summary>Gets or sets the largest number of verified tokens that each authorizer remembers.</summary>
    /// <value>Zero remembers none. The default is 10,000.</value>
    public int TokenCacheSize { get; set; } = 10_000;

    /// <summary>Gets the user pools that are not with AWS, by their ids, such as <c>us-east-1_AbCdEfGhI</c>. Read at start.</summary>
    public IDictionary<string, UserPoolOptions> UserPools { get; } = new Dictionary<string, UserPoolOptions>(StringComparer.Ordinal);

    /// <summary>Gets how long keys are used in an outage that are good for a time of their own, as those of HTTP APIs.</summary>
    internal TimeSpan LongestUseOf(TimeSpan time) => ExtendHttpApiKeys ? time + time : time;
}
