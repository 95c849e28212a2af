namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a claim beside the registered ones must be; <c>JwtAdditionalClaim</c>.</summary>
/// <param name="Name">The claim's name; case counts.</param>
/// <param name="Values">The expected values, one of which is enough; none if any value is good.</param>
/// <param name="Format">How the value is compared.</param>
/// <param name="IsRequired">Whether a token without the claim is refused.</param>
internal sealed record JwtClaimRule(string Name, IReadOnlyList<string> Values, JwtClaimFormat Format, bool IsRequired);
