using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which tokens an authorizer takes.</summary>
internal sealed class JwtPlan
{
    public required JwtProfile Profile { get; init; }

    /// <summary>Gets the issuers; a token's <c>iss</c> chooses among them.</summary>
    public required IReadOnlyList<JwtIssuerPlan> Issuers { get; init; }

    public JwtAlgorithms Algorithms { get; init; } = JwtAlgorithms.RS256;

    /// <summary>Gets the longest token, in bytes.</summary>
    public int MaxTokenBytes { get; init; } = 8192;

    /// <summary>Gets whether a token without <c>kid</c> is verified with the only key of the set.</summary>
    public bool AllowMissingKid { get; init; }

    /// <summary>Gets the values that <c>typ</c> may have, ignoring case.</summary>
    public IReadOnlyList<string> ValidTypes { get; init; } = ["JWT", "at+jwt"];

    /// <summary>Gets how far the issuer's clock may be from ours; at most 300 seconds.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Gets how long a verified token is remembered; zero for not at all. No token is remembered beyond its end.</summary>
    public TimeSpan ResultTtl { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Gets the clients of user pools; empty takes all.</summary>
    public IReadOnlyList<string> AllowedClientIds { get; init; } = [];

    /// <summary>Gets what <c>aud</c> must match, or <see langword="null"/>. Refuses all access tokens of user pools, which have no <c>aud</c>.</summary>
    public Regex? IdentityValidation { get; init; }
}
