using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Snapshots;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Reads a public key of a set and checks that it may verify signatures (RFC 7517, section 4; RFC 7518, section 6).</summary>
internal static class KeyReader
{
    private const int MinModulusBits = 2048;
    private const int MaxModulusBits = 8192;
    private const int MaxExponentBytes = 8;
    private const int MaxKidLength = 256;

    private const JwtAlgorithms RsaAlgorithms = JwtAlgorithms.RS256 | JwtAlgorithms.RS384 | JwtAlgorithms.RS512
        | JwtAlgorithms.PS256 | JwtAlgorithms.PS384 | JwtAlgorithms.PS512;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Reads a key.</summary>
    /// <param name="jwk">The key.</param>
    /// <param name="kid">Its id, even if it cannot be used.</param>
    /// <param name="warning">Why it cannot be used, without anything that came from outside.</param>
    /// <returns>The key, or <see langword="null"/>.</returns>
    public static VerificationKey? Read(JsonElement jwk, out string? kid, out string? warning)
    {
        kid = null;
        warning = "a key is no object";
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (jwk.TryGetProperty("kid"u8, out var id) && (!StrictJson.TryText(id, out kid) || kid.Length is 0 or > MaxKidLength))
        {
            kid = null;
            warning = "a key's 'kid' is no text of 1 to 256 characters";
            return null;
        }

        warning = Refusal(jwk);
        if (warning is not null)
        {
            return null;
        }

        return Text(jwk, "kty") switch
        {
            "RSA" => ReadRsa(jwk, kid, out warning),
            "EC" => ReadEllipticCurve(jwk, kid, out warning),
            _ => Refused("a key's 'kty' is neither RSA nor EC", out warning),
        };
    }

    private static string? Refusal(JsonElement jwk)
    {
        if (jwk.TryGetProperty("use"u8, out var use) && !(use.ValueKind == JsonValueKind.String && use.ValueEquals("sig"u8)))
        {
            return "a key's 'use' is not 'sig'";
        }

        if (jwk.TryGetProperty("key_ops"u8, out var operations) && !HasVerify(operations))
        {
            return "a key's 'key_ops' has no 'verify'";
        }

        foreach (var name in PrivateMembers)
        {
            if (jwk.TryGetProperty(name, out _))
            {
                return "a key is symmetric, or has its private part in it";
            }
        }

        return null;
    }

    private static bool HasVerify(JsonElement operations)
    {
        if (operations.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var operation in operations.EnumerateArray())
        {
            if (operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static VerificationKey? ReadRsa(JsonElement jwk, string? kid, out string? warning)
    {
        if (!TryBytes(jwk, "n", out var modulus) || !TryBytes(jwk, "e", out var exponent))
        {
            return Refused("an RSA key has no 'n' or no 'e'", out warning);
        }

        modulus = WithoutZeros(modulus);
        exponent = WithoutZeros(exponent);
        var bits = modulus.Length == 0 ? 0 : (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < MinModulusBits or > MaxModulusBits || (modulus[^1] & 1) == 0)
        {
            return Refused("an RSA key's modulus is even, or not from 2,048 to 8,192 bits long", out warning);
        }

        if (exponent.Length is 0 or > MaxExponentBytes || (exponent[^1] & 1) == 0 || (exponent.Length == 1 && exponent[0] < 3))
        {
            return Refused("an RSA key's exponent is even, less than 3, or longer than 8 bytes", out warning);
        }

        if (WeakModulus.IsRoca(modulus))
        {
            return Refused("an RSA key was made by hardware whose keys can be factored", out warning);
        }

        if (!TryAlgorithms(jwk, RsaAlgorithms, out var algorithms))
        {
            return Refused("an RSA key's 'alg' is no algorithm of RSA signatures", out warning);
        }

        warning = null;
        var key = new JsonWebKey { Kty = "RSA", Kid = kid, N = Base64UrlEncoder.Encode(modulus), E = Base64UrlEncoder.Encode(exponent) };
        return new VerificationKey(key, algorithms, null, $"RSA|{(int)algorithms}|{key.N}|{key.E}");
    }

    private static VerificationKey? ReadEllipticCurve(JsonElement jwk, string? kid, out string? warning)
    {
        var curve = EllipticCurve.Find(Text(jwk, "crv"));
        if (curve is null)
        {
            return Refused("an EC key's 'crv' is neither P-256, P-384 nor P-521", out warning);
        }

        if (!TryBytes(jwk, "x", out var x) || !TryBytes(jwk, "y", out var y) || !curve.IsPoint(x, y))
        {
            return Refused("an EC key is no point of its curve", out warning);
        }

        if (!TryAlgorithms(jwk, curve.Algorithm, out var algorithms))
        {
            return Refused("an EC key's 'alg' is not that of its curve", out warning);
        }

        warning = null;
        var key = new JsonWebKey { Kty = "EC", Kid = kid, Crv = curve.Name, X = Base64UrlEncoder.Encode(x), Y = Base64UrlEncoder.Encode(y) };
        return new VerificationKey(key, algorithms, curve, $"EC|{curve.Name}|{key.X}|{key.Y}");
    }

    private static bool TryAlgorithms(JsonElement jwk, JwtAlgorithms fitting, out JwtAlgorithms algorithms)
    {
        algorithms = fitting;
        if (!jwk.TryGetProperty("alg"u8, out var alg))
        {
            return true;
        }

        return StrictJson.TryText(alg, out var name) && JwtAlgorithmNames.TryParse(name, out algorithms)
            && (algorithms & fitting) != JwtAlgorithms.None;
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && StrictJson.TryText(value, out var text) ? text : null;

    private static bool TryBytes(JsonElement jwk, string name, out byte[] bytes)
    {
        bytes = [];
        return Text(jwk, name) is { Length: > 0 } text && Ascii.IsValid(text) && StrictBase64Url.TryDecode(Encoding.ASCII.GetBytes(text), out bytes);
    }

    private static byte[] WithoutZeros(byte[] bytes)
    {
        var first = bytes.AsSpan().IndexOfAnyExcept((byte)0);
        return first <= 0 ? (first < 0 ? [] : bytes) : bytes[first..];
    }

    private static VerificationKey? Refused(string why, out string? warning)
    {
        warning = why;
        return null;
    }
}
