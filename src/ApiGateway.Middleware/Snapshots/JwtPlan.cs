using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which tokens an authorizer takes.</summary>
internal sealed class JwtPlan
{
    private string? _fingerprint;

    /// <summary>Gets a name that stays the same across reloads: that of the API and that of the authorizer in it.</summary>
    public string Name { get; init; } = "";

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

    /// <summary>Tells whether another plan takes the same tokens, so that what was verified for one holds for the other.</summary>
    public bool IsSameAs(JwtPlan other) => ReferenceEquals(this, other) || Fingerprint == other.Fingerprint;

    private string Fingerprint => _fingerprint ??= MakeFingerprint();

    private string MakeFingerprint()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{(int)Profile}|{(int)Algorithms}|{MaxTokenBytes}|{AllowMissingKid}|{ClockSkew.Ticks}|{ResultTtl.Ticks}|");
        Append(text, IdentityValidation is null ? [] : [IdentityValidation.ToString(), IdentityValidation.Options.ToString()]);
        Append(text, ValidTypes);
        Append(text, AllowedClientIds);
        foreach (var issuer in Issuers)
        {
            Append(text, [issuer.Issuer, issuer.JwksUri?.AbsoluteUri ?? ""]);
            Append(text, issuer.Audiences);
            foreach (var rule in issuer.ClaimRules)
            {
                Append(text, [rule.Name, rule.Format.ToString(), rule.IsRequired ? "1" : "0"]);
                Append(text, rule.Values);
            }
        }

        return text.ToString();
    }

    // With lengths, so that no value can pose as a border.
    private static void Append(StringBuilder text, IReadOnlyList<string> values)
    {
        text.Append(values.Count).Append(':');
        foreach (var value in values)
        {
            text.Append(value.Length).Append(':').Append(value);
        }
    }
}
