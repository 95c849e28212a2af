namespace ApiGateway.Middleware.Definitions;

/// <summary>A limit beyond those of Amazon API Gateway: for each caller, by what tells callers apart. Refuses with 429 and says so by its name.</summary>
/// <remarks>
/// <para>Entries of <c>RateLimits</c> of an API, a stage or a method, by name: letters, digits, hyphens, underscores and dots, at most 64.
/// Those of all three apply together; a method's takes the place of the stage's of the same name, a stage's that of the API's.</para>
/// <para>Either <see cref="RateLimit"/> and <see cref="BurstLimit"/>: a token bucket. Or <see cref="ConcurrencyLimit"/>: requests that
/// have not ended. An API's limit counts its stages together; a stage's all methods of the stage; a method's only that method.</para>
/// </remarks>
public sealed class RateLimitDefinition : DefinitionNode
{
    /// <summary>Gets what tells callers apart, each combination of values with a bucket of its own.</summary>
    /// <value>
    /// The default is empty: all callers share one bucket. <c>principal</c>: who was authenticated, be it by an authorizer, a token's
    /// <c>sub</c>, or the ARN of a signer. <c>claim:NAME</c>. <c>header:NAME</c>: all values. <c>ip</c>: the caller's address, of IPv6 its
    /// first 64 bits; <c>ip/24</c>: its first 24 bits, of IPv6 64; <c>ip/24/48</c>: 24 or, of IPv6, 48. <c>$context.NAME</c>: any variable.
    /// </value>
    /// <remarks>Callers without a value, such as those without the header, share one bucket.</remarks>
    public IList<string> Key { get; } = [];

    /// <summary>Gets or sets how many tokens per second a bucket regains, above 0 to 1,000,000,000; fractions are fine.</summary>
    public double? RateLimit { get; set; }

    /// <summary>Gets or sets how many tokens a full bucket holds, 1 or more.</summary>
    public int? BurstLimit { get; set; }

    /// <summary>Gets or sets how many requests of one caller may be under way at once, 1 or more. Each process counts for itself.</summary>
    public int? ConcurrencyLimit { get; set; }

    /// <summary>Gets or sets how many tokens a request takes.</summary>
    /// <value>
    /// The default is 1. A number from 1 to <see cref="BurstLimit"/>. <c>header:NAME</c>: the number in a header of the request; without
    /// one, or with less, 1. <c>response:header:NAME</c>: the number in a header, or trailer, of the answer; the request comes in if the
    /// bucket has a token, and the rest of the cost is taken when the answer has ended, even if the bucket comes into debt.
    /// </value>
    public string? Cost { get; set; }

    /// <summary>Gets or sets whether the limit only counts: nobody is refused. The default is false.</summary>
    public bool DryRun { get; set; }

    /// <summary>Gets or sets whether answers, let in or refused, tell of the limit in <c>RateLimit</c> and <c>RateLimit-Policy</c>. The default is true.</summary>
    /// <remarks>Source: draft-ietf-httpapi-ratelimit-headers-10. A limit in dry run tells nothing.</remarks>
    public bool Headers { get; set; } = true;

    /// <summary>Gets or sets whether the limit is in force. The default is true; false takes a limit of the same name away that stage or API have.</summary>
    public bool Enabled { get; set; } = true;
}
