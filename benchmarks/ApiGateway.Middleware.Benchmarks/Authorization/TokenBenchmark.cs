using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Benchmarks.Authorization;

/// <summary>What does it cost to validate a token, beside the handler of Microsoft.IdentityModel, and to know it again?</summary>
[MemoryDiagnoser]
public class TokenBenchmark : IDisposable
{
    private const string IssuerName = "https://issuer.example";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JsonWebTokenHandler _handler = new();
    private TokenValidationParameters _parameters = null!;
    private JwtValidator _cached = null!;
    private JwtValidator _uncached = null!;
    private string _token = "";
    private StringValues _header;

    /// <summary>Gets or sets the algorithm of the signature.</summary>
    [Params("RS256", "ES256")]
    public string Algorithm { get; set; } = "RS256";

    [GlobalSetup]
    public async Task Setup()
    {
        SecurityKey key = Algorithm == "RS256" ? new RsaSecurityKey(_rsa) : new ECDsaSecurityKey(_ec);
        key.KeyId = "k";
        _token = new JsonWebTokenHandler().CreateToken(
            $$"""{"iss":"{{IssuerName}}","aud":"a","sub":"u","scope":"read write","exp":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 86400}}}""",
            new SigningCredentials(key, Algorithm));
        _header = "Bearer " + _token;
        _parameters = new TokenValidationParameters { ValidIssuer = IssuerName, ValidAudience = "a", IssuerSigningKey = key, ValidAlgorithms = [Algorithm] };
        _cached = Validator(TimeSpan.FromHours(1));
        _uncached = Validator(TimeSpan.Zero);
        if (!(await _cached.ValidateAsync(_header, [], default)).Token!.HasAnyScope(["read"])
            || (await _uncached.ValidateAsync(_header, [], default)).Token is null
            || !(await _handler.ValidateTokenAsync(_token, _parameters)).IsValid)
        {
            throw new InvalidOperationException("The token is not good for all.");
        }
    }

    [Benchmark(Baseline = true)]
    public async Task<bool> Handler() => (await _handler.ValidateTokenAsync(_token, _parameters)).IsValid;

    [Benchmark]
    public bool Validate() => IsGood(_uncached.ValidateAsync(_header, [], default));

    [Benchmark]
    public bool ValidateKnown() => IsGood(_cached.ValidateAsync(_header, [], default));

    [GlobalCleanup]
    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
        GC.SuppressFinalize(this);
    }

    private static bool IsGood(ValueTask<JwtResult> pending) => pending.IsCompletedSuccessfully && pending.Result.Token is not null;

    private JwtValidator Validator(TimeSpan ttl)
    {
        var plan = new JwtPlan
        {
            Profile = JwtProfile.Rest,
            Issuers = [new JwtIssuerPlan { Issuer = IssuerName, JwksUri = new Uri(IssuerName + "/keys"), Audiences = ["a"] }],
            Algorithms = JwtAlgorithms.RS256 | JwtAlgorithms.ES256,
            ResultTtl = ttl,
        };
        var keys = new JwksProvider(new Keys(Jwks()), new JwtOptions(), TimeProvider.System, new JwksEventLog(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
        return new JwtValidator(plan, keys.For, 100, TimeProvider.System);
    }

    private string Jwks()
    {
        if (Algorithm == "RS256")
        {
            var rsa = _rsa.ExportParameters(false);
            return $$"""{"keys":[{"kty":"RSA","kid":"k","n":"{{Base64UrlEncoder.Encode(rsa.Modulus)}}","e":"{{Base64UrlEncoder.Encode(rsa.Exponent)}}"}]}""";
        }

        var point = _ec.ExportParameters(false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""";
    }

    private sealed class Keys(string jwks) : IJwksFetcher
    {
        public Task<JwksDocument> FetchAsync(Uri uri, bool isConfigured, int maxBytes, CancellationToken cancellationToken) =>
            Task.FromResult(new JwksDocument(Encoding.UTF8.GetBytes(jwks), null));
    }
}
