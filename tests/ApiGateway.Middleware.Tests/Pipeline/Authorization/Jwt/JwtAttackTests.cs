using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Responses;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>Tokens as attackers make them.</summary>
public sealed class JwtAttackTests : IDisposable
{
    private readonly Validation _validation = new();

    private Issuer Issuer => _validation.Issuer;

    private JsonObject Claims => Issuer.IdClaims(_validation.Now);

    [Fact]
    public async Task Validate_GoodTokens_Pass()
    {
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(Issuer.Rs256(Claims)));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(Issuer.Es256(Claims)));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync("Bearer " + Issuer.Es256(Claims)));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync("  bearer   " + Issuer.Es256(Claims) + " "));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("rs256")]
    [InlineData("RS256 ")]
    [InlineData("RS384")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    [InlineData("RS256\\u0000")]
    public async Task Validate_AlgorithmNotInTheList_IsRefused(string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","kid":"rsa-1"}""";
        Assert.Equal(JwtFailure.AlgorithmNotAllowed, await _validation.FailureAsync(Issuer.Rs256(Claims, header)));
        Assert.Equal(JwtFailure.AlgorithmNotAllowed, await _validation.FailureAsync(Issuer.Compact(header, Claims.ToJsonString(), static _ => [])));
        Assert.Equal(0, _validation.Server.Fetches);
    }

    [Theory]
    [InlineData("""["RS256"]""")]
    [InlineData("256")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("true")]
    public async Task Validate_AlgorithmThatIsNoText_IsMalformed(string algorithm) => Assert.Equal(
        JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":{{algorithm}},"kid":"rsa-1"}""")));

    [Fact]
    public async Task Validate_HmacWithThePublicKey_IsRefused()
    {
        var parameters = Issuer.Rsa.ExportParameters(false);
        foreach (var secret in new[]
        {
            Encoding.ASCII.GetBytes(Issuer.Rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(Issuer.Rsa.ExportSubjectPublicKeyInfoPem() + "\n"),
            Issuer.Rsa.ExportSubjectPublicKeyInfo(), Issuer.Rsa.ExportRSAPublicKey(), parameters.Modulus!,
            Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(parameters.Modulus)),
        })
        {
            foreach (var algorithm in (string[])["HS256", "RS256"])
            {
                var forged = Issuer.Compact(
                    $$"""{"alg":"{{algorithm}}","kid":"rsa-1"}""", Claims.ToJsonString(), text => HMACSHA256.HashData(secret, text));

                Assert.Equal(
                    algorithm == "HS256" ? JwtFailure.AlgorithmNotAllowed : JwtFailure.BadSignature, await _validation.FailureAsync(forged));
            }
        }
    }

    [Fact]
    public async Task Validate_HmacWithASymmetricKeyOfTheSet_IsRefused()
    {
        var secret = new byte[32];
        _validation.Server.Serve(
            $$"""{"keys":[{{Issuer.RsaJwk()}},{"kty":"oct","alg":"HS256","kid":"oct-1","k":"{{Base64UrlEncoder.Encode(secret)}}"}]}""");

        Assert.Equal(JwtFailure.AlgorithmNotAllowed, await _validation.FailureAsync(Issuer.Compact(
            """{"alg":"HS256","kid":"oct-1"}""", Claims.ToJsonString(), text => HMACSHA256.HashData(secret, text))));
        Assert.Equal(JwtFailure.KeyUnusable, await _validation.FailureAsync(Issuer.Compact(
            """{"alg":"RS256","kid":"oct-1"}""", Claims.ToJsonString(), text => HMACSHA256.HashData(secret, text))));
        Assert.Single(_validation.Server.Dropped);
    }

    [Fact]
    public async Task Validate_AlgorithmOfAnotherKeyType_IsRefused()
    {
        Assert.Equal(JwtFailure.AlgorithmNotAllowed, await _validation.FailureAsync(Issuer.Es256(Claims, """{"alg":"ES256","kid":"rsa-1"}""")));
        Assert.Equal(JwtFailure.AlgorithmNotAllowed, await _validation.FailureAsync(Issuer.Rs256(Claims, """{"alg":"RS256","kid":"ec-1"}""")));
    }

    [Fact]
    public async Task Validate_SignaturesOfWrongForm_AreRefused()
    {
        var order = Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        var zero = new byte[32];
        var header = """{"alg":"ES256","kid":"ec-1"}""";
        var claims = Claims.ToJsonString();
        var forms = new Func<byte[], byte[]>[]
        {
            static _ => new byte[64],
            static _ => [],
            text => Issuer.Ec.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            text => [.. zero, .. Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)[32..]],
            text => [.. Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)[..32], .. zero],
            text => [.. order, .. Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)[32..]],
            text => [.. Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)[..32], .. order],
            text => [.. Issuer.Ec.SignData(text, HashAlgorithmName.SHA256), 0],
            text => Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)[..63],
            text => Issuer.Ec.SignData([.. text, 0], HashAlgorithmName.SHA256),
        };
        foreach (var form in forms)
        {
            Assert.Equal(JwtFailure.BadSignature, await _validation.FailureAsync(Issuer.Compact(header, claims, form)));
        }

        header = """{"alg":"RS256","kid":"rsa-1"}""";
        foreach (var form in new Func<byte[], byte[]>[]
        {
            static _ => [],
            static _ => new byte[256],
            text => Issuer.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            text => Issuer.Rsa.SignData(text, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1),
            text => Issuer.Rsa.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            text => [.. Issuer.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), 0],
            text => [0, .. Issuer.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)],
            text => Issuer.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)[..255],
        })
        {
            Assert.Equal(JwtFailure.BadSignature, await _validation.FailureAsync(Issuer.Compact(header, claims, form)));
        }
    }

    [Theory]
    [InlineData("../../../../dev/null", JwtFailure.UnknownKid)]
    [InlineData("' OR 1=1 --", JwtFailure.UnknownKid)]
    [InlineData("rsa-1\\u0000", JwtFailure.UnknownKid)]
    [InlineData("RSA-1", JwtFailure.UnknownKid)]
    [InlineData("", JwtFailure.Malformed)]
    public async Task Validate_OddKid_IsRefused(string kid, object failure) =>
        Assert.Equal(failure, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":"{{kid}}"}""")));

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("""["rsa-1"]""")]
    [InlineData("\"\\ud800\"")]
    public async Task Validate_KidThatIsNoText_IsMalformed(string kid) =>
        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":{{kid}}}""")));

    [Fact]
    public async Task Validate_LongKid_IsRefused()
    {
        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":"{{new string('k', 257)}}"}""")));
        Assert.Equal(
            JwtFailure.TooLarge, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":"{{new string('k', 1 << 20)}}"}""")));
    }

    [Fact]
    public async Task Validate_NoKid_NeedsAllowanceAndASetOfOneKey()
    {
        var token = Issuer.Rs256(Claims, """{"alg":"RS256"}""");
        Assert.Equal(JwtFailure.UnknownKid, await _validation.FailureAsync(token));

        using var allowing = new Validation { Plan = Validation.UserPool(allowMissingKid: true) };
        Assert.Equal(JwtFailure.KeyUnusable, await allowing.FailureAsync(token));

        using var single = new Validation { Plan = Validation.UserPool(allowMissingKid: true) };
        single.Server.Serve($$"""{"keys":[{{single.Issuer.RsaJwk()}}]}""");
        Assert.Equal(JwtFailure.None, await single.FailureAsync(token));
    }

    [Fact]
    public async Task Validate_TwoKeysOfOneId_NeitherVerifies()
    {
        using var other = Issuer.NewRsa();
        _validation.Server.Serve($$"""{"keys":[{{Issuer.RsaJwk()}},{{Issuer.RsaJwk(other, "rsa-1")}},{{Issuer.EcJwk()}}]}""");

        Assert.Equal(JwtFailure.KeyUnusable, await _validation.FailureAsync(Issuer.Rs256(Claims)));
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(Issuer.Es256(Claims)));
    }

    [Fact]
    public async Task Validate_KeyInTheHeader_IsIgnored()
    {
        using var attacker = Issuer.NewRsa();
        foreach (var member in (string[])
        [
            $"\"jwk\":{Issuer.RsaJwk(attacker, "rsa-1")}", "\"jku\":\"https://attacker.example/jwks\"", "\"x5u\":\"https://attacker.example/x5u\"",
            "\"x5c\":[\"MIIB\"]", "\"x5t\":\"AAAA\"",
        ])
        {
            var header = $$"""{"alg":"RS256","kid":"rsa-1",{{member}}}""";
            var forged = Issuer.Compact(
                header, Claims.ToJsonString(), text => attacker.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

            Assert.Equal(JwtFailure.BadSignature, await _validation.FailureAsync(forged));
            Assert.Equal(JwtFailure.None, await _validation.FailureAsync(Issuer.Rs256(Claims, header)));
        }

        Assert.Equal(1, _validation.Server.Fetches);
    }

    [Theory]
    [InlineData("\"crit\":[\"exp\"]", JwtFailure.Critical)]
    [InlineData("\"crit\":[]", JwtFailure.Critical)]
    [InlineData("\"b64\":false,\"crit\":[\"b64\"]", JwtFailure.Critical)]
    [InlineData("\"b64\":true", JwtFailure.Critical)]
    [InlineData("\"zip\":\"DEF\"", JwtFailure.Critical)]
    [InlineData("\"cty\":\"JWT\"", JwtFailure.Malformed)]
    [InlineData("\"cty\":\"jwt\"", JwtFailure.Malformed)]
    [InlineData("\"typ\":\"JWE\"", JwtFailure.Malformed)]
    [InlineData("\"typ\":1", JwtFailure.Malformed)]
    [InlineData("\"typ\":\"jwt\"", JwtFailure.None)]
    [InlineData("\"typ\":\"AT+JWT\"", JwtFailure.None)]
    [InlineData("\"alg\":\"RS256\"", JwtFailure.DuplicateMember)]
    [InlineData("\"\\u0061lg\":\"none\"", JwtFailure.DuplicateMember)]
    [InlineData("\"kid\":\"ec-1\"", JwtFailure.DuplicateMember)]
    [InlineData("\"x\":{\"a\":1,\"a\":2}", JwtFailure.DuplicateMember)]
    [InlineData("\"x\":[[[[[[[[1]]]]]]]]", JwtFailure.Malformed)]
    [InlineData("\"x\":1,", JwtFailure.Malformed)]
    [InlineData("\"x\":/**/1", JwtFailure.Malformed)]
    public async Task Validate_HeaderMember_IsJudged(string member, object failure) =>
        Assert.Equal(failure, await _validation.FailureAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":"rsa-1",{{member}}}""")));

    [Theory]
    [InlineData("iss")]
    [InlineData("exp")]
    [InlineData("aud")]
    [InlineData("sub")]
    public async Task Validate_DuplicateClaim_IsRefused(string name)
    {
        var claims = Claims.ToJsonString();
        var twice = $"{claims[..^1]},\"{name}\":{Claims[name]!.ToJsonString()}}}";

        Assert.Equal(JwtFailure.DuplicateMember, await _validation.FailureAsync(Issuer.Rs256(twice)));
    }

    [Fact]
    public async Task Validate_EncryptedNestedOrJsonForm_IsMalformed()
    {
        var good = Issuer.Rs256(Claims);
        var parts = good.Split('.');
        foreach (var token in (string[])
        [
            $"{parts[0]}.{parts[1]}.{parts[2]}.x.y", $"{parts[0]}..{parts[2]}", $"{parts[0]}.{parts[1]}", parts[0], "a.b.c", "..",
            $$"""{"payload":"{{parts[1]}}","protected":"{{parts[0]}}","signature":"{{parts[2]}}"}""", good + ".", "." + good, good + "=", good + "==",
            $"{parts[0]}=.{parts[1]}.{parts[2]}", good.Replace('.', ' '), $"{parts[0]} .{parts[1]}.{parts[2]}", $"{parts[0]}.\n{parts[1]}.{parts[2]}",
            $"Bearer Bearer {good}", $"{good} {good}", $"{parts[0]}.{parts[1]}.{parts[2]}\u00e9", $"{parts[0]}.{parts[1]}.{parts[2]}\u0000",
            $"{parts[0]}+.{parts[1]}.{parts[2]}",
        ])
        {
            Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(token));
        }
    }

    [Fact]
    public async Task Validate_BitsLeftOver_AreRefused()
    {
        // 256 bytes leave one over: the last character has four bits that mean nothing.
        var good = Issuer.Rs256(Claims);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet.IndexOf(good[^1], StringComparison.Ordinal);

        for (var bits = 1; bits < 16; bits++)
        {
            Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(good[..^1] + Alphabet[last | bits]));
        }
    }

    [Fact]
    public async Task Validate_BomOrInvalidUtf8_IsMalformed()
    {
        var header = Encoding.UTF8.GetBytes("""{"alg":"RS256","kid":"rsa-1"}""");
        var claims = Encoding.UTF8.GetBytes(Claims.ToJsonString());
        byte[] bom = [0xEF, 0xBB, 0xBF];
        Func<byte[], byte[]> sign = text => Issuer.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Compact([.. bom, .. header], claims, sign)));
        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Compact([.. header[..^1], .. ",\"x\":\""u8, 0xFF, .. "\"}"u8], claims, sign)));
        Assert.NotEqual(JwtFailure.None, await _validation.FailureAsync(Issuer.Compact(header, [.. bom, .. claims], sign)));
        Assert.NotEqual(JwtFailure.None, await _validation.FailureAsync(Issuer.Compact(header, [.. claims[..^1], .. ",\"x\":\""u8, 0xC0, 0x80, .. "\"}"u8], sign)));
    }

    [Theory]
    [InlineData("\"9999999999\"", JwtFailure.Malformed)]
    [InlineData("1e400", JwtFailure.Malformed)]
    [InlineData("-1", JwtFailure.Malformed)]
    [InlineData("253402300800", JwtFailure.Malformed)]
    [InlineData("null", JwtFailure.Malformed)]
    [InlineData("true", JwtFailure.Malformed)]
    [InlineData("[9999999999]", JwtFailure.Malformed)]
    [InlineData("9999999999.5", JwtFailure.None)]
    [InlineData("9.9e9", JwtFailure.None)]
    [InlineData("0", JwtFailure.Expired)]
    public async Task Validate_ExpOfAnyForm_IsJudged(string exp, object failure)
    {
        var claims = Claims;
        claims["exp"] = JsonNode.Parse(exp.Replace("1e400", "1", StringComparison.Ordinal));
        var text = claims.ToJsonString();
        text = exp == "1e400" ? text.Replace("\"exp\":1,", "\"exp\":1e400,", StringComparison.Ordinal) : text;

        Assert.Equal(failure, await _validation.FailureAsync(Issuer.Rs256(text)));
    }

    [Theory]
    [InlineData("""["client-1",7]""")]
    [InlineData("7")]
    [InlineData("""{"a":"client-1"}""")]
    public async Task Validate_AudienceOfMixedTypes_IsMalformed(string aud)
    {
        var claims = Claims;
        claims["aud"] = JsonNode.Parse(aud);

        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(Issuer.Rs256(claims)));
    }

    [Theory]
    [InlineData(Issuer.Name + "/")]
    [InlineData("HTTPS://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI")]
    [InlineData("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abcdefghi")]
    [InlineData("https://attacker.example")]
    [InlineData(null)]
    public async Task Validate_OtherIssuer_IsRefusedBeforeAnyFetch(string? issuer)
    {
        var claims = Claims;
        claims["iss"] = issuer;

        Assert.Equal(JwtFailure.UnknownIssuer, await _validation.FailureAsync(Issuer.Rs256(claims)));
        Assert.Equal(0, _validation.Server.Fetches);
    }

    [Fact]
    public async Task Validate_ExpiredAndForged_SaysNothingOfExpiry()
    {
        var claims = Claims;
        claims["exp"] = _validation.Now.ToUnixTimeSeconds();
        var expired = await _validation.ValidateAsync(Issuer.Rs256(claims));
        var forged = await _validation.ValidateAsync(Issuer.Compact("""{"alg":"RS256","kid":"rsa-1"}""", claims.ToJsonString(), static _ => new byte[256]));

        Assert.Same(GatewayRefusal.ExpiredUserPoolToken, expired.Refusal);
        Assert.Same(GatewayRefusal.Unauthorized, forged.Refusal);
        Assert.Equal(JwtFailure.BadSignature, forged.Failure);
    }

    [Fact]
    public async Task Validate_HugeToken_IsRefusedUnread()
    {
        Assert.Equal(JwtFailure.TooLarge, await _validation.FailureAsync(new string('a', 1 << 20)));
        Assert.Equal(JwtFailure.TooLarge, await _validation.FailureAsync(new string('a', 8193)));
        Assert.Equal(JwtFailure.Malformed, await _validation.FailureAsync(new string('a', 8192)));
    }

    [Fact]
    public async Task Validate_EveryChangedCharacter_IsRefused()
    {
        var good = Issuer.Es256(Claims);
        for (var i = 0; i < good.Length; i++)
        {
            var changed = good[..i] + (good[i] == 'A' ? 'B' : 'A') + good[(i + 1)..];

            Assert.NotEqual(JwtFailure.None, await _validation.FailureAsync(changed));
        }
    }

    [Fact]
    public async Task Validate_TenThousandUnknownKids_CauseOneFetchAMinute()
    {
        Assert.Equal(JwtFailure.None, await _validation.FailureAsync(Issuer.Rs256(Claims)));
        var tail = Issuer.Rs256(Claims)[(Issuer.Rs256(Claims).IndexOf('.', StringComparison.Ordinal) + 1)..];

        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(
                JwtFailure.UnknownKid, await _validation.FailureAsync($"{Base64UrlEncoder.Encode($$"""{"alg":"RS256","kid":"k{{i}}"}""")}.{tail}"));
        }

        Assert.Equal(2, _validation.Server.Fetches);
    }

    [Fact]
    public async Task Validate_KidOfAnyForm_IsSafeToLog()
    {
        var result = await _validation.ValidateAsync(Issuer.Rs256(Claims, """{"alg":"RS256","kid":"a\nb\u202e\u001b[31m" }"""));
        var longer = await _validation.ValidateAsync(Issuer.Rs256(Claims, $$"""{"alg":"RS256","kid":"{{new string('k', 200)}}"}"""));

        Assert.Equal("a?b??[31m", result.Kid);
        Assert.Equal(64, longer.Kid!.Length);
    }

    [Fact]
    public async Task Validate_MutatedHeadersAndClaims_AreRefusedAndNeverThrow()
    {
        var random = new Random(7);
        var header = Encoding.UTF8.GetBytes("""{"alg":"ES256","kid":"ec-1","typ":"JWT","x":{"y":[1,"\u00e4",null]}}""");
        var claims = Encoding.UTF8.GetBytes(Claims.ToJsonString());
        var signature = Issuer.Ec.SignData("other"u8, HashAlgorithmName.SHA256);

        for (var i = 0; i < 20_000; i++)
        {
            var (one, two) = ((byte[])header.Clone(), (byte[])claims.Clone());
            foreach (var part in (byte[][])[one, two])
            {
                for (var changes = random.Next(3); changes > 0; changes--)
                {
                    part[random.Next(part.Length)] = (byte)random.Next(256);
                }
            }

            Assert.NotEqual(JwtFailure.None, await _validation.FailureAsync(Issuer.Compact(one, two, _ => signature)));
        }
    }

    [Fact]
    public async Task Validate_SignedClaimsOfAnyBytes_NeverThrow()
    {
        var random = new Random(8);
        var header = Encoding.UTF8.GetBytes("""{"alg":"ES256","kid":"ec-1"}""");
        var claims = Encoding.UTF8.GetBytes(Claims.ToJsonString());
        var passed = 0;

        for (var i = 0; i < 2_000; i++)
        {
            var mutated = (byte[])claims.Clone();
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            var failure = await _validation.FailureAsync(Issuer.Compact(header, mutated, text => Issuer.Ec.SignData(text, HashAlgorithmName.SHA256)));
            passed += failure == JwtFailure.None ? 1 : 0;
        }

        // What changes a claim that nobody checks passes; whoever signs may say so.
        Assert.InRange(passed, 1, 1_999);
    }

    [Fact]
    public async Task Validate_ByManyThreads_TellsGoodFromBad()
    {
        using var validation = new Validation { Plan = Validation.UserPool(ttl: TimeSpan.Zero) };
        var claims = Issuer.IdClaims(validation.Now);
        string[] good = [validation.Issuer.Rs256(claims), validation.Issuer.Es256(claims)];
        string[] bad = [.. good.Select(static token => token[..^20] + new string(token[^20] == 'A' ? 'B' : 'A', 1) + token[^19..])];
        await validation.FailureAsync(good[0]);

        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (_, _) =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Equal(JwtFailure.None, await validation.FailureAsync(good[i % 2]));
                Assert.Equal(JwtFailure.BadSignature, await validation.FailureAsync(bad[i % 2]));
            }
        });
    }

    public void Dispose() => _validation.Dispose();
}
