using System.Text.RegularExpressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class JwtPlanTests
{
    [Fact]
    public void IsSameAs_PlanOfTheSameValues_IsTheSame() => Assert.True(Plan().IsSameAs(Plan()));

    [Fact]
    public void IsSameAs_AnyOtherValue_IsAnother()
    {
        JwtPlan[] others =
        [
            Plan(profile: JwtProfile.Http), Plan(algorithms: JwtAlgorithms.ES256), Plan(ttl: 1), Plan(skew: 1), Plan(bytes: 1), Plan(missing: true),
            Plan(issuer: "https://b.example"), Plan(uri: "https://b.example/"), Plan(audiences: ["a", "b"]), Plan(audiences: ["ab"]),
            Plan(rule: new JwtClaimRule("x", ["1"], JwtClaimFormat.SingleString, true)),
            Plan(rule: new JwtClaimRule("x", ["1"], JwtClaimFormat.SingleString, false)),
            Plan(rule: new JwtClaimRule("x", ["1"], JwtClaimFormat.StringArray, false)), Plan(clients: ["a"]), Plan(types: ["a"]),
            Plan(pattern: "a"), Plan(pattern: "b"),
        ];

        for (var i = 0; i < others.Length; i++)
        {
            Assert.False(others[i].IsSameAs(Plan()), $"Plan {i}");
            Assert.All(others[..i], other => Assert.False(other.IsSameAs(others[i]), $"Plan {i}"));
        }
    }

    private static JwtPlan Plan(
        JwtProfile profile = JwtProfile.Rest, JwtAlgorithms algorithms = JwtAlgorithms.RS256, int ttl = 300, int skew = 0, int bytes = 8192,
        bool missing = false, string issuer = "https://a.example", string? uri = null, string[]? audiences = null, JwtClaimRule? rule = null,
        string[]? clients = null, string[]? types = null, string? pattern = null) => new()
        {
            Profile = profile,
            Algorithms = algorithms,
            ResultTtl = TimeSpan.FromSeconds(ttl),
            ClockSkew = TimeSpan.FromSeconds(skew),
            MaxTokenBytes = bytes,
            AllowMissingKid = missing,
            Issuers =
            [
                new JwtIssuerPlan
                {
                    Issuer = issuer,
                    JwksUri = uri is null ? null : new Uri(uri),
                    Audiences = audiences ?? ["a"],
                    ClaimRules = rule is null ? [] : [rule],
                },
            ],
            AllowedClientIds = clients ?? [],
            ValidTypes = types ?? ["JWT"],
            IdentityValidation = pattern is null ? null : new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)),
        };
}
