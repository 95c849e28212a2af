namespace ApiGateway.Middleware.Definitions;

/// <summary>A claim beside the registered ones that tokens are checked for; <c>JwtAdditionalClaim</c>.</summary>
/// <param name="claimName">The claim's name; case counts. Not <c>iss</c>, <c>exp</c>, <c>nbf</c> or <c>iat</c>, which are always checked.</param>
public sealed class JwtAdditionalClaimDefinition(string claimName) : DefinitionNode
{
    /// <summary>Gets the claim's name.</summary>
    public string ClaimName { get; } = claimName;

    /// <summary>Gets the expected values, one of which is enough; case counts.</summary>
    public IList<string> ExpectedValues { get; } = [];

    /// <summary>Gets or sets how the claim's value is compared: <c>single-string</c> as a whole, <c>string-array</c> by its elements, or
    /// <c>space-separated-values</c> by its words.</summary>
    /// <value>The default is <c>single-string</c>.</value>
    public string Format { get; set; } = "single-string";

    /// <summary>Gets or sets a value indicating whether a token without the claim is refused. A claim that is there and differs is always refused.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Required { get; set; } = true;
}
