using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>Tokens of HTTP APIs: "Control access to HTTP APIs with JWT authorizers in API Gateway".</summary>
public sealed class HttpTokenTests : IDisposable
{
    private static readonly string[] Route = ["read", "write"];

    private readonly Validation _validation = new() { Plan = Validation.Http("aud-1", "aud-2") };

    private Issuer Issuer => _validation.Issuer;

    public static TheoryData<string, string?, string> Refusals => new()
    {
        { "none", null, "Bearer" },
        { "empty", "Bearer ", "Bearer" },
        { "malformed", "a.b", Invalid("the token is malformed") },
        { "algorithm", "{\"alg\":\"PS256\",\"kid\":\"rsa-1\"}", Invalid("the token does not have a valid algorithm") },
        { "elliptic", "{\"alg\":\"ES256\",\"kid\":\"ec-1\"}", Invalid("the token does not have a valid algorithm") },
        { "no kid", "{\"alg\":\"RS256\"}", Invalid("the token does not have a valid key id") },
        { "other kid", "{\"alg\":\"RS256\",\"kid\":\"rsa-9\"}", Invalid("the token does not have a valid key id") },
        { "issuer", "\"iss\":\"https://other.example\"", Invalid("the token does not have a valid issuer") },
        { "slash", $"\"iss\":\"{Issuer.Name}/\"", Invalid("the token does not have a valid issuer") },
        { "audience", "\"aud\":\"aud-3\"", Invalid("the token does not have a valid audience") },
        { "client", "\"aud\":\"aud-3\",\"client_id\":\"aud-1\"", Invalid("the token does not have a valid audience") },
        { "audience before expired", "\"aud\":\"aud-3\",\"exp\":1", Invalid("the token does not have a valid audience") },
        { "issuer before audience", "\"iss\":\"https://other.example\",\"aud\":\"aud-3\",\"exp\":1", Invalid("the token does not have a valid issuer") },
        { "expired", "\"exp\":1", Invalid("the token has expired") },
        { "nbf", "\"nbf\":99999999999", Invalid("the token is not yet valid") },
        { "iat", "\"iat\":99999999999", Invalid("the token is not yet valid") },
        { "text", "\"exp\":\"99999999999\"", Invalid("the token is malformed") },
        { "scope", "\"scope\":\"reader\"", "Bearer scope=\"read write\" error=\"insufficient_scope\" error_description=\"the token does not have a valid scope\"" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Challenge_Refused_TellsWhatIsWrong(string name, string? part, string header)
    {
        var token = part is null || part.StartsWith("Bearer", StringComparison.Ordinal) || part == "a.b" ? part
            : part.StartsWith('{') ? Issuer.Rs256(Payload(), part)
            : Issuer.Rs256(Payload(part));

        var result = await _validation.ValidateAsync(token, Route);

        Assert.Equal(header, result.Challenge.ToHeader(Route));
        Assert.Equal(name == "scope", result.Challenge.IsForbidden);
    }

    [Fact]
    public async Task Challenge_ForgedTokenOfAnotherIssuer_TellsOfTheSignatureFirst()
    {
        using var forger = Issuer.NewRsa();
        var forged = Issuer.Compact(
            """{"alg":"RS256","kid":"rsa-1"}""", Payload("\"iss\":\"https://other.example\",\"aud\":\"x\""),
            text => forger.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal(Invalid("the token does not have a valid signature", ""), (await _validation.ValidateAsync(forged)).Challenge.ToHeader([]));
    }

    [Fact]
    public async Task Challenge_BadAudienceOnARouteWithoutScopes_IsThatOfTheManagedService()
    {
        var result = await _validation.ValidateAsync(Issuer.Rs256(Payload("\"aud\":\"x\"")));

        Assert.Equal(
            "Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token does not have a valid audience\"", result.Challenge.ToHeader([]));
    }

    [Fact]
    public async Task Challenge_KeysCannotBeHad_TellsOfTheIssuer()
    {
        _validation.Server.Fail();

        var result = await _validation.ValidateAsync(Issuer.Rs256(Payload()));

        Assert.Equal(Invalid("OIDC discovery endpoint communication error", ""), result.Challenge.ToHeader([]));
        Assert.False(result.Challenge.IsForbidden);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task Validate_RsaSignature_Passes(string algorithm)
    {
        _validation.Server.Serve($$"""{"keys":[{{Issuer.RsaJwk("")}}]}""");
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        var token = Issuer.Compact(
            $$"""{"alg":"{{algorithm}}","kid":"rsa-1"}""", Payload(), text => Issuer.Rsa.SignData(text, hash, RSASignaturePadding.Pkcs1));

        Assert.NotNull((await _validation.ValidateAsync(token)).Token);
        Assert.NotNull((await _validation.ValidateAsync("bEARER " + token)).Token);
    }

    [Fact]
    public async Task Validate_BothScopeClaims_TakesScp()
    {
        var token = Issuer.Rs256(Payload("\"scp\":[\"read\"],\"scope\":\"write\""));

        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(token, "read"));
        Assert.Equal(JwtFailure.MissingScope, await _validation.FailureAsync(token, "write"));
    }

    [Fact]
    public async Task Validate_Claims_AreTextsInEvents()
    {
        var token = (await _validation.ValidateAsync(Issuer.Rs256(Payload(
            "\"a\":[\"a\",\"b\",1,null],\"n\":1.50,\"t\":true,\"z\":null,\"o\":{ \"k\": [1, \"é\"] },\"s\":\"x y\",\"scope\":\"read write\"")))).Token!;

        Assert.Equal(
            ("[a b 1 null]", "1.50", "true", "{\"k\":[1,\"é\"]}", "x y", "read write"),
            (token.Claims["a"], token.Claims["n"], token.Claims["t"], token.Claims["o"], token.Claims["s"], token.Claims["scope"]));
        Assert.False(token.Claims.ContainsKey("z"));
        Assert.EndsWith("\"},\"scopes\":null", Encoding.UTF8.GetString(token.Caller.EventStart), StringComparison.Ordinal);
        Assert.EndsWith("\"},\"scopes\":[\"read\",\"write\"]", Encoding.UTF8.GetString(token.ScopedCaller.EventStart), StringComparison.Ordinal);
        Assert.Contains($"\"exp\":\"{_validation.Now.ToUnixTimeSeconds() + 60}\"", Encoding.UTF8.GetString(token.Caller.EventStart), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_RememberedToken_EndsWithTheLastUseOfItsKeys()
    {
        var token = Issuer.Rs256(Payload("\"exp\":99999999999"));
        await _validation.ValidateAsync(token);
        _validation.Server.Fail();

        // Remembered a moment before the keys' end.
        _validation.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(token));

        _validation.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JwtFailure.KeysUnavailable, await _validation.FailureAsync(token));
    }

    [Fact]
    public async Task Validate_KeysExtended_AreUsedForTwoMoreHours()
    {
        _validation.Options.ExtendHttpApiKeys = true;
        var token = Issuer.Rs256(Payload("\"exp\":99999999999"));
        await _validation.ValidateAsync(token);
        _validation.Server.Fail();

        _validation.Time.Advance(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(token));

        _validation.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JwtFailure.KeysUnavailable, await _validation.FailureAsync(token));
    }

    [Fact]
    public async Task Validate_Keys_AreFetchedWithTheLimitsOfHttpApis()
    {
        var asked = new TaskCompletionSource<CancellationToken>();
        _validation.Server.Answer = async (_, token) =>
        {
            asked.TrySetResult(token);
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        };
        var pending = _validation.ValidateAsync(Issuer.Rs256(Payload()));
        var call = await asked.Task;

        _validation.Time.Advance(TimeSpan.FromMilliseconds(1499));
        Assert.False(call.IsCancellationRequested);
        _validation.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(JwtFailure.KeysUnavailable, (await pending).Failure);
        Assert.Equal(150_000, _validation.Server.MaxBytes);
    }

    public void Dispose() => _validation.Dispose();

    private static string Invalid(string description, string scopes = "read write") =>
        $"Bearer scope=\"{scopes}\" error=\"invalid_token\" error_description=\"{description}\"";

    // What a test names replaces what is there.
    private string Payload(string members = "")
    {
        var all = new Dictionary<string, string>
        {
            ["iss"] = $"\"iss\":\"{Issuer.Name}\"",
            ["aud"] = "\"aud\":[\"x\",\"aud-1\"]",
            ["exp"] = $"\"exp\":{_validation.Now.ToUnixTimeSeconds() + 60}",
            ["sub"] = "\"sub\":\"u-1\"",
        };
        foreach (var name in all.Keys.Where(name => members.Contains($"\"{name}\":", StringComparison.Ordinal)).ToList())
        {
            all.Remove(name);
        }

        return $"{{{string.Join(',', members.Length == 0 ? all.Values : all.Values.Append(members))}}}";
    }
}
