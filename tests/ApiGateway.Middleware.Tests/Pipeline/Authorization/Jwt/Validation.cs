using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>A validator with an issuer, his key server and a clock.</summary>
internal sealed class Validation : IDisposable
{
    public static readonly string[] NoScopes = [];

    private JwtValidator? _validator;

    public Validation() => Server.Serve(Issuer.Jwks());

    public Issuer Issuer { get; } = new();

    public KeyServer Server { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public JwtOptions Options { get; } = new();

    public JwtPlan Plan { get; set; } = UserPool();

    public DateTimeOffset Now => Time.GetUtcNow();

    public JwtValidator Validator => _validator ??= new JwtValidator(
        Plan, new JwksProvider(Server, Options, Time, Server).For, Options.TokenCacheSize, Time);

    public static JwtPlan UserPool(
        string[]? clients = null, Regex? pattern = null, TimeSpan skew = default, TimeSpan? ttl = null,
        JwtAlgorithms algorithms = JwtAlgorithms.RS256 | JwtAlgorithms.ES256, bool allowMissingKid = false) => new()
        {
            Profile = JwtProfile.UserPool,
            Issuers = [JwtIssuerPlan.OfUserPool(Jwt.Issuer.Pool)!],
            Algorithms = algorithms,
            AllowedClientIds = clients ?? [],
            IdentityValidation = pattern,
            ClockSkew = skew,
            ResultTtl = ttl ?? TimeSpan.FromSeconds(300),
            AllowMissingKid = allowMissingKid,
        };

    public static JwtPlan Rest(string[] audiences, JwtClaimRule[]? rules = null, JwtProfile profile = JwtProfile.Rest) => new()
    {
        Profile = profile,
        Issuers = [new JwtIssuerPlan { Issuer = Jwt.Issuer.Name, JwksUri = new Uri("https://x.example/jwks"), Audiences = audiences, ClaimRules = rules ?? [] }],
        Algorithms = JwtAlgorithms.RS256 | JwtAlgorithms.ES256,
    };

    /// <summary>The plan that the compiler makes of an authorizer of an HTTP API.</summary>
    public static JwtPlan Http(params string[] audiences)
    {
        var issuer = new JwtIssuerDefinition(Jwt.Issuer.Name) { JwksUri = "https://x.example/jwks" };
        foreach (var audience in audiences)
        {
            issuer.Audiences.Add(audience);
        }

        return Compiled.Http(new AuthorizerDefinition("jwt") { Type = "JWT", JwtConfiguration = new JwtConfigurationDefinition { Issuers = { issuer } } }).Jwt;
    }

    public Task<JwtResult> ValidateAsync(string? token, params string[] scopes) =>
        Validator.ValidateAsync(token, scopes, CancellationToken.None).AsTask();

    public async Task<JwtFailure> FailureAsync(string? token, params string[] scopes) => (await ValidateAsync(token, scopes)).Failure;

    public void Dispose() => Issuer.Dispose();
}
