using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Reads a signature from the query: a presigned address.</summary>
internal static class QuerySignature
{
    public const string Token = "X-Amz-Security-Token";

    private const string Algorithm = "X-Amz-Algorithm";
    private const string Signature = "X-Amz-Signature";

    /// <summary>Tells whether the query means to hold a signature.</summary>
    public static bool IsIn(ReadOnlySpan<char> query)
    {
        if (!query.Contains("X-Amz-", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in query.Split('&'))
        {
            if (NameOf(query[range]) is Algorithm or Signature)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the parts, all of which are there if nothing is returned.</summary>
    public static GatewayRefusal? Read(in SignedHttpRequest request, out SignatureParts parts)
    {
        parts = new SignatureParts { IsPresigned = true };
        var query = request.Query;
        foreach (var range in query.Split('&'))
        {
            var piece = query[range];
            var name = NameOf(piece);
            if (name.StartsWith("X-Amz-") && !TrySet(parts, name, piece.Length > name.Length ? piece[(name.Length + 1)..] : default))
            {
                return SignatureMessages.RepeatedInQuery(name.ToString());
            }
        }

        if (parts.Algorithm is null || parts.Credential is null || parts.Signature is null || parts.SignedHeaders is null || parts.Date is null)
        {
            return SignatureMessages.MissingInQuery(parts);
        }

        // A token beside the address is as good as one in it; two that differ are one that is wrong.
        var header = request.Headers[HeaderSignature.TokenHeader];
        if (header.Count > 0 && header.ToString() != parts.Token)
        {
            parts.Token = parts.Token is null ? header.ToString() : "";
        }

        return parts.Algorithm == SignatureV4.Algorithm ? null : SignatureMessages.UnknownAlgorithm(parts.Algorithm);
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> piece)
    {
        var equals = piece.IndexOf('=');
        return equals < 0 ? piece : piece[..equals];
    }

    private static bool TrySet(SignatureParts parts, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case Algorithm when parts.Algorithm is null:
                parts.Algorithm = Decode(value);
                return true;
            case "X-Amz-Credential" when parts.Credential is null:
                parts.Credential = Decode(value);
                return true;
            case "X-Amz-Date" when parts.Date is null:
                parts.Date = Decode(value);
                return true;
            case "X-Amz-Expires" when parts.Expires is null:
                parts.Expires = Decode(value);
                return true;
            case "X-Amz-SignedHeaders" when parts.SignedHeaders is null:
                parts.SignedHeaders = Decode(value);
                return true;
            case Signature when parts.Signature is null:
                parts.Signature = Decode(value);
                return true;
            case Token when parts.Token is null:
                parts.Token = Decode(value);
                return true;
            case "X-Amz-Content-Sha256" when parts.ContentSha256 is null:
                parts.ContentSha256 = Decode(value);
                return true;
            default:
                return name is not (Algorithm or "X-Amz-Credential" or "X-Amz-Date" or "X-Amz-Expires" or "X-Amz-SignedHeaders"
                    or Signature or Token or "X-Amz-Content-Sha256");
        }
    }

    // As the canonical query reads it: a plus is a space. None of these values has one.
    private static string Decode(ReadOnlySpan<char> value) =>
        value.IndexOfAny('%', '+') < 0 ? value.ToString() : Uri.UnescapeDataString(value.ToString().Replace('+', ' '));
}
