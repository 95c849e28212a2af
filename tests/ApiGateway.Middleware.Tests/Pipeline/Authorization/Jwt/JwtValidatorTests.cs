using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

public sealed class JwtValidatorTests : IDisposable
{
    private static readonly string[] Two = ["a", "b"];

    private readonly Validation _validation = new();

    private Issuer Issuer => _validation.Issuer;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Validate_NoToken_IsMissing(string? header)
    {
        var result = await _validation.ValidateAsync(header);

        Assert.Equal(JwtFailure.Missing, result.Failure);
        Assert.Same(GatewayRefusal.Unauthorized, result.Refusal);
    }

    [Fact]
    public async Task Validate_TwoHeaders_IsMalformed() => Assert.Equal(
        JwtFailure.Malformed, (await _validation.Validator.ValidateAsync(Two, Validation.NoScopes, default)).Failure);

    [Fact]
    public async Task Validate_IdTokenOnScopedMethod_AndAccessTokenOnUnscoped_AreRefused()
    {
        var id = Issuer.Rs256(Issuer.IdClaims(_validation.Now));
        var access = Issuer.Rs256(Issuer.AccessClaims(_validation.Now, "api/read api/write"));

        // Twice: the second time from what is remembered.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(JwtFailure.None, await _validation.FailureAsync(id));
            Assert.Equal(JwtFailure.BadTokenUse, await _validation.FailureAsync(id, "api/read"));
            Assert.Equal(JwtFailure.BadTokenUse, await _validation.FailureAsync(access));
            Assert.Equal(JwtFailure.None, await _validation.FailureAsync(access, "x", "api/write"));
            Assert.Equal(JwtFailure.MissingScope, await _validation.FailureAsync(access, "api/rea"));
            Assert.Equal(JwtFailure.MissingScope, await _validation.FailureAsync(access, "API/read"));
        }
    }

    [Theory]
    [InlineData(3599, JwtFailure.None)]
    [InlineData(3600, JwtFailure.Expired)]
    public async Task Validate_AtTheEndOfAToken_IsExact(int seconds, object failure)
    {
        var token = Issuer.Rs256(Issuer.IdClaims(_validation.Now));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(token));

        _validation.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(failure, await _validation.FailureAsync(token));
    }

    [Theory]
    [InlineData("nbf", 0, 0, JwtFailure.None)]
    [InlineData("nbf", 1, 0, JwtFailure.NotYetValid)]
    [InlineData("nbf", 60, 60, JwtFailure.None)]
    [InlineData("nbf", 61, 60, JwtFailure.NotYetValid)]
    [InlineData("iat", 1, 0, JwtFailure.NotYetValid)]
    [InlineData("iat", 60, 60, JwtFailure.None)]
    [InlineData("exp", -59, 60, JwtFailure.None)]
    [InlineData("exp", -60, 60, JwtFailure.Expired)]
    [InlineData("exp", 1, 0, JwtFailure.None)]
    [InlineData("exp", 0, 0, JwtFailure.Expired)]
    public async Task Validate_Times_AllowTheSkewAndNoMore(string claim, int seconds, int skew, object failure)
    {
        using var validation = new Validation { Plan = Validation.UserPool(skew: TimeSpan.FromSeconds(skew)) };
        var claims = Issuer.IdClaims(validation.Now);
        claims[claim] = validation.Now.ToUnixTimeSeconds() + seconds;

        Assert.Equal(failure, await validation.FailureAsync(validation.Issuer.Rs256(claims)));
    }

    [Fact]
    public async Task Validate_LastMomentOfAll_Passes()
    {
        using var validation = new Validation { Plan = Validation.UserPool(skew: TimeSpan.FromSeconds(300)) };
        var claims = Issuer.IdClaims(validation.Now);
        claims["exp"] = 253402300799;

        Assert.Equal(JwtFailure.None, await validation.FailureAsync(validation.Issuer.Rs256(claims)));
        Assert.Equal(JwtFailure.None, await validation.FailureAsync(validation.Issuer.Rs256(claims)));
    }

    [Fact]
    public async Task Validate_NoExp_IsMalformed()
    {
        var claims = Issuer.IdClaims(_validation.Now);
        claims.Remove("exp");

        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Rs256(claims)));
    }

    [Fact]
    public async Task Validate_AllowedClients_AreComparedWithAudOrClientId()
    {
        using var validation = new Validation { Plan = Validation.UserPool(clients: ["client-2", "client-1"]) };
        var id = Issuer.IdClaims(validation.Now);
        var access = Issuer.AccessClaims(validation.Now, "s");
        Assert.Equal(JwtFailure.None, await validation.FailureAsync(validation.Issuer.Rs256(id)));
        Assert.Equal(JwtFailure.None, await validation.FailureAsync(validation.Issuer.Rs256(access), "s"));

        id["aud"] = "client-3";
        access["client_id"] = "client-3";

        Assert.Equal(JwtFailure.BadAudience, await validation.FailureAsync(validation.Issuer.Rs256(id)));
        Assert.Equal(JwtFailure.BadAudience, await validation.FailureAsync(validation.Issuer.Rs256(access), "s"));
    }

    [Fact]
    public async Task Validate_ValidationExpression_RefusesAccessTokens()
    {
        using var validation = new Validation { Plan = Validation.UserPool(pattern: new Regex("^client-[0-9]$", RegexOptions.None, TimeSpan.FromSeconds(1))) };

        Assert.Equal(JwtFailure.None, await validation.FailureAsync(validation.Issuer.Rs256(Issuer.IdClaims(validation.Now))));
        Assert.Equal(JwtFailure.BadAudience, await validation.FailureAsync(validation.Issuer.Rs256(Issuer.AccessClaims(validation.Now, "s")), "s"));
    }

    [Fact]
    public async Task Validate_UserPool_GivesClaimsAsText()
    {
        var token = (await _validation.ValidateAsync(Issuer.Rs256(Issuer.IdClaims(_validation.Now)))).Token!;

        Assert.Equal("ann", token.Claims["cognito:username"]);
        Assert.Equal("[admin editor]", token.Claims["cognito:groups"]);
        Assert.Equal("true", token.Claims["email_verified"]);
        Assert.Equal("7", token.Claims["level"]);
        Assert.Equal("u-1", token.Subject);
        Assert.Equal("""{"city":"K\u00F6ln"}""", token.Claims["address"]);
    }

    [Fact]
    public async Task Validate_RestAuthorizer_GivesClaimsAsJsonText()
    {
        using var validation = new Validation { Plan = Validation.Rest(["client-1"]) };
        var payload = $$"""{"iss":"{{Issuer.Name}}","aud":"client-1","exp":{{validation.Now.ToUnixTimeSeconds() + 60}},"a":"42","b":42,"c":["x", "ü"],"d":"😀","e":{ "f": "a\u0041\/\"\u00e9" },"g":null}""";

        var token = (await validation.ValidateAsync(validation.Issuer.Rs256(payload))).Token!;

        Assert.Equal("\"42\"", token.Claims["a"]);
        Assert.Equal("42", token.Claims["b"]);
        Assert.Equal("[\"x\",\"\\u00FC\"]", token.Claims["c"]);
        Assert.Equal("\"\\uD83D\\uDE00\"", token.Claims["d"]);
        Assert.Equal("{\"f\":\"aA/\\\"\\u00E9\"}", token.Claims["e"]);
        Assert.Equal("null", token.Claims["g"]);
        Assert.Equal(payload, Encoding.UTF8.GetString(token.Payload.Span));
    }

    [Fact]
    public async Task Validate_Principal_HasNamesAndRolesAndIsSealed()
    {
        var result = await _validation.ValidateAsync(Issuer.Rs256(Issuer.IdClaims(_validation.Now)));
        var principal = result.Token!.Principal;
        var identity = (ClaimsIdentity)principal.Identity!;

        Assert.Equal("ann", identity.Name);
        Assert.True(identity.IsAuthenticated);
        Assert.True(principal.IsInRole("editor"));
        Assert.Throws<InvalidOperationException>(() => identity.AddClaim(new Claim("a", "b")));
        Assert.Throws<InvalidOperationException>(() => identity.AddClaims([]));
        Assert.Throws<InvalidOperationException>(() => identity.RemoveClaim(identity.Claims.First()));
        Assert.Throws<InvalidOperationException>(() => identity.TryRemoveClaim(identity.Claims.First()));
        Assert.Throws<InvalidOperationException>(() => principal.AddIdentity(new ClaimsIdentity()));
        Assert.Throws<InvalidOperationException>(() => principal.AddIdentities([]));
        var copy = principal.Clone();
        ((ClaimsIdentity)copy.Identity!).AddClaim(new Claim("a", "b"));
        Assert.True(copy.IsInRole("editor"));
        Assert.False(principal.HasClaim("a", "b"));
    }

    [Theory]
    [InlineData("\"aud-1\"", JwtFailure.None)]
    [InlineData("""["x","aud-2"]""", JwtFailure.None)]
    [InlineData("\"AUD-1\"", JwtFailure.BadAudience)]
    [InlineData("[]", JwtFailure.BadAudience)]
    [InlineData(null, JwtFailure.BadAudience)]
    public async Task Validate_RestAuthorizer_WantsAnAudience(string? aud, object failure)
    {
        using var validation = new Validation { Plan = Validation.Rest(["aud-1", "aud-2"]) };

        Assert.Equal(failure, await validation.FailureAsync(validation.Issuer.Rs256(Claims(validation, aud is null ? "" : $"\"aud\":{aud},"))));
    }

    [Fact]
    public async Task Validate_RestAuthorizerWithoutScope_IsForbidden()
    {
        using var validation = new Validation { Plan = Validation.Rest(["aud-1"]) };
        var token = validation.Issuer.Rs256(Claims(validation, "\"aud\":\"aud-1\",\"scope\":\"a\","));

        Assert.Same(GatewayRefusal.MissingScope, (await validation.ValidateAsync(token, "b")).Refusal);
        Assert.Same(GatewayRefusal.Unauthorized, (await _validation.ValidateAsync(Issuer.Rs256(Issuer.AccessClaims(_validation.Now, "a")), "b")).Refusal);
    }

    [Theory]
    [InlineData("\"client_id\":\"aud-1\",", JwtFailure.None)]
    [InlineData("\"aud\":[],\"client_id\":\"aud-1\",", JwtFailure.BadAudience)]
    [InlineData("\"aud\":\"x\",\"client_id\":\"aud-1\",", JwtFailure.BadAudience)]
    [InlineData("", JwtFailure.BadAudience)]
    public async Task Validate_HttpAuthorizer_TakesClientIdWhereThereIsNoAud(string members, object failure)
    {
        using var validation = new Validation { Plan = Validation.Rest(["aud-1"], profile: JwtProfile.Http) };

        Assert.Equal(failure, await validation.FailureAsync(validation.Issuer.Rs256(Claims(validation, members))));
    }

    [Theory]
    [InlineData(true, "\"t\":\"anything\",", true)]
    [InlineData(true, "\"t\":null,", false)]
    [InlineData(true, "", false)]
    [InlineData(false, "", true)]
    public async Task Validate_AdditionalClaimWithoutValues_MustBeThere(bool isRequired, string members, bool passes)
    {
        using var validation = new Validation { Plan = Validation.Rest(["aud-1"], [new JwtClaimRule("t", [], JwtClaimFormat.SingleString, isRequired)]) };

        Assert.Equal(
            passes ? JwtFailure.None : JwtFailure.ClaimMismatch,
            await validation.FailureAsync(validation.Issuer.Rs256(Claims(validation, "\"aud\":\"aud-1\"," + members))));
    }

    [Theory]
    [InlineData("\"scope\":\"a b\",", JwtFailure.None)]
    [InlineData("\"scp\":[\"b\"],", JwtFailure.None)]
    [InlineData("\"scp\":\"x b\",", JwtFailure.None)]
    [InlineData("\"scope\":\"bb\",", JwtFailure.MissingScope)]
    [InlineData("", JwtFailure.MissingScope)]
    public async Task Validate_RestAuthorizer_WantsAScopeOfTheMethod(string members, object failure)
    {
        using var validation = new Validation { Plan = Validation.Rest(["aud-1"]) };

        Assert.Equal(failure, await validation.FailureAsync(validation.Issuer.Rs256(Claims(validation, "\"aud\":\"aud-1\"," + members)), "b", "c"));
    }

    [Theory]
    [InlineData(JwtClaimFormat.SingleString, true, "\"t\":\"one\",", true)]
    [InlineData(JwtClaimFormat.SingleString, true, "\"t\":\"one two\",", false)]
    [InlineData(JwtClaimFormat.SingleString, true, "\"t\":[\"one\"],", false)]
    [InlineData(JwtClaimFormat.SingleString, true, "", false)]
    [InlineData(JwtClaimFormat.SingleString, false, "", true)]
    [InlineData(JwtClaimFormat.SingleString, false, "\"t\":\"x\",", false)]
    [InlineData(JwtClaimFormat.StringArray, true, "\"t\":[\"x\",\"two\"],", true)]
    [InlineData(JwtClaimFormat.StringArray, true, "\"t\":[1,\"two\"],", false)]
    [InlineData(JwtClaimFormat.StringArray, true, "\"t\":\"two\",", false)]
    [InlineData(JwtClaimFormat.SpaceSeparatedValues, true, "\"t\":\"x two\",", true)]
    [InlineData(JwtClaimFormat.SpaceSeparatedValues, true, "\"t\":\"twofold\",", false)]
    public async Task Validate_AdditionalClaim_IsComparedByItsFormat(object format, bool isRequired, string members, bool passes)
    {
        using var validation = new Validation
        {
            Plan = Validation.Rest(["aud-1"], [new JwtClaimRule("t", ["one", "two"], (JwtClaimFormat)format, isRequired)]),
        };

        Assert.Equal(
            passes ? JwtFailure.None : JwtFailure.ClaimMismatch,
            await validation.FailureAsync(validation.Issuer.Rs256(Claims(validation, "\"aud\":\"aud-1\"," + members))));
    }

    [Fact]
    public async Task Validate_KeysCannotBeHad_IsAFaultOfTheServer()
    {
        _validation.Server.Fail();

        var result = await _validation.ValidateAsync(Issuer.Rs256(Issuer.IdClaims(_validation.Now)));

        Assert.Same(GatewayRefusal.AuthorizerConfigurationError, result.Refusal);
        Assert.Equal(JwtFailure.KeysUnavailable, result.Failure);
    }

    [Fact]
    public async Task Validate_KeyLeavesTheSet_RememberedTokensGoWithIt()
    {
        using var validation = new Validation { Plan = Validation.UserPool(ttl: TimeSpan.FromHours(2)) };
        var claims = Issuer.IdClaims(validation.Now);
        claims["exp"] = validation.Now.ToUnixTimeSeconds() + 100_000;
        var rs = validation.Issuer.Rs256(claims);
        var es = validation.Issuer.Es256(claims);
        var before = (await validation.ValidateAsync(rs)).Token;
        await validation.ValidateAsync(es);

        validation.Server.Serve($$"""{"keys":[{{validation.Issuer.RsaJwk()}}]}""");
        validation.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(JwtFailure.UnknownKid, await validation.FailureAsync(validation.Issuer.Es256(claims)));

        Assert.Same(before, (await validation.ValidateAsync(rs)).Token);
        Assert.Equal(JwtFailure.UnknownKid, await validation.FailureAsync(es));
    }

    [Fact]
    public async Task Validate_RememberedToken_IsForgottenAfterItsTime()
    {
        var token = Issuer.Rs256(Issuer.IdClaims(_validation.Now));
        var first = (await _validation.ValidateAsync(token)).Token;
        _validation.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Same(first, (await _validation.ValidateAsync(token)).Token);

        _validation.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotSame(first, (await _validation.ValidateAsync(token)).Token);
    }

    [Fact]
    public async Task Validate_TtlOfZero_RemembersNothing()
    {
        using var validation = new Validation { Plan = Validation.UserPool(ttl: TimeSpan.Zero) };
        var token = validation.Issuer.Rs256(Issuer.IdClaims(validation.Now));

        Assert.NotSame((await validation.ValidateAsync(token)).Token, (await validation.ValidateAsync(token)).Token);
    }

    [Fact]
    public void Default_Result_Refuses()
    {
        Assert.Null(default(JwtResult).Token);
        Assert.NotNull(default(JwtResult).Refusal);
    }

    [Fact]
    public void ToCode_EachFailure_HasACodeOfItsOwn()
    {
        var codes = Enum.GetValues<JwtFailure>().Select(static failure => failure.ToCode()).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    public void Dispose() => _validation.Dispose();

    private static string Claims(Validation validation, string members) =>
        $$"""{"iss":"{{Issuer.Name}}",{{members}}"exp":{{validation.Now.ToUnixTimeSeconds() + 60}}}""";
}
