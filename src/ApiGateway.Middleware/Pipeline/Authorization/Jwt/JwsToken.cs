using System.Text.Json;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>A token in compact form (RFC 7515, section 7.1), cut and read, but not verified.</summary>
internal sealed class JwsToken
{
    private const int HeaderDepth = 8;
    private const int MaxKidLength = 256;

    /// <summary>Gets the whole token: ASCII.</summary>
    public required byte[] Text { get; init; }

    /// <summary>Gets the length of what is signed: header, dot, payload.</summary>
    public required int SignedLength { get; init; }

    public required byte[] Payload { get; init; }

    public required byte[] Signature { get; init; }

    public required JwtAlgorithms Algorithm { get; init; }

    /// <summary>Gets the id of the key, or <see langword="null"/> if the header has none.</summary>
    public required string? Kid { get; init; }

    /// <summary>Reads a token, in the order of the checks that refuse it.</summary>
    /// <param name="text">The token: ASCII.</param>
    /// <param name="plan">What is allowed.</param>
    /// <param name="token">The token, if the result is <see cref="JwtFailure.None"/>.</param>
    public static JwtFailure TryRead(byte[] text, JwtPlan plan, out JwsToken? token)
    {
        token = null;
        if (text.AsSpan().Count((byte)'.') != 2)
        {
            return JwtFailure.Malformed;
        }

        var first = text.AsSpan().IndexOf((byte)'.');
        var second = text.AsSpan().LastIndexOf((byte)'.');
        if (!StrictBase64Url.TryDecode(text.AsSpan(0, first), out var header)
            || !StrictBase64Url.TryDecode(text.AsSpan(first + 1, second - first - 1), out var payload)
            || !StrictBase64Url.TryDecode(text.AsSpan(second + 1), out var signature)
            || payload.Length == 0)
        {
            return JwtFailure.Malformed;
        }

        var failure = StrictJson.TryParse(header, HeaderDepth, out var document);
        if (failure != JwtFailure.None)
        {
            return failure;
        }

        using (document)
        {
            failure = ReadHeader(document.RootElement, plan, out var algorithm, out var kid);
            if (failure == JwtFailure.None)
            {
                token = new JwsToken
                {
                    Text = text,
                    SignedLength = second,
                    Payload = payload,
                    Signature = signature,
                    Algorithm = algorithm,
                    Kid = kid,
                };
            }

            return failure;
        }
    }

    /// <summary>Gets the <c>iss</c> of the payload, which nobody has verified: it only chooses among the issuers that are known.</summary>
    public string? PeekIssuer()
    {
        try
        {
            var reader = new Utf8JsonReader(Payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIssuer = reader.ValueTextEquals("iss"u8);
                if (!reader.Read())
                {
                    return null;
                }

                if (isIssuer)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Members that would change where keys come from (jku, x5u, jwk, x5c, x5t) are not even read.
    private static JwtFailure ReadHeader(JsonElement header, JwtPlan plan, out JwtAlgorithms algorithm, out string? kid)
    {
        algorithm = JwtAlgorithms.None;
        kid = null;
        if (!header.TryGetProperty("alg"u8, out var alg) || !StrictJson.TryText(alg, out var name))
        {
            return JwtFailure.Malformed;
        }

        if (header.TryGetProperty("kid"u8, out var id)
            && (!StrictJson.TryText(id, out kid) || kid.Length is 0 or > MaxKidLength))
        {
            return JwtFailure.Malformed;
        }

        if (!JwtAlgorithmNames.TryParse(name, out algorithm) || (plan.Algorithms & algorithm) == JwtAlgorithms.None)
        {
            return JwtFailure.AlgorithmNotAllowed;
        }

        if (kid is null && !plan.AllowMissingKid)
        {
            return JwtFailure.UnknownKid;
        }

        if (header.TryGetProperty("crit"u8, out _) || header.TryGetProperty("b64"u8, out _) || header.TryGetProperty("zip"u8, out _))
        {
            return JwtFailure.Critical;
        }

        if (header.TryGetProperty("typ"u8, out var typ) && (!StrictJson.TryText(typ, out var type) || !Contains(plan.ValidTypes, type)))
        {
            return JwtFailure.Malformed;
        }

        // A token within a token.
        var isNested = header.TryGetProperty("cty"u8, out var cty)
            && (!StrictJson.TryText(cty, out var content) || content.Equals("JWT", StringComparison.OrdinalIgnoreCase));
        return isNested ? JwtFailure.Malformed : JwtFailure.None;
    }

    private static bool Contains(IReadOnlyList<string> values, string value)
    {
        foreach (var one in values)
        {
            if (one.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
