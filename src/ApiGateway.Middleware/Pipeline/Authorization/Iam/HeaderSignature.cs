using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Signing;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Reads a signature from the header <c>Authorization</c>.</summary>
internal static class HeaderSignature
{
    public const string TokenHeader = "x-amz-security-token";

    private const string DateHeader = "x-amz-date";

    /// <summary>Reads the parts, all of which are there if nothing is returned.</summary>
    public static GatewayRefusal? Read(in SignedHttpRequest request, bool echoesHeader, out SignatureParts parts)
    {
        parts = new SignatureParts { Date = DateOf(request), Token = Text(request.Headers[TokenHeader]) };
        var authorization = request.Headers.Authorization;
        var header = authorization.ToString();
        if (authorization.Count > 1)
        {
            return SignatureMessages.RepeatedInHeader("Authorization header", header, echoesHeader);
        }

        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var rest = space < 0 ? default : header.AsSpan(space + 1).Trim(" \t");
        if (!rest.IsEmpty)
        {
            foreach (var range in rest.Split(','))
            {
                var piece = rest[range].Trim(" \t");
                var equals = piece.IndexOf('=');
                if (equals < 0)
                {
                    return SignatureMessages.NotAPair(piece.ToString(), header, echoesHeader);
                }

                if (!TrySet(parts, piece[..equals], piece[(equals + 1)..]))
                {
                    return SignatureMessages.RepeatedInHeader($"Authorization header's '{piece[..equals]}' parameter", header, echoesHeader);
                }
            }
        }

        // A scheme that is no signature's has been found wanting by now, unless it has all the parts of one.
        var algorithm = space < 0 ? header.AsSpan() : header.AsSpan(0, space);
        var isKnown = algorithm.SequenceEqual(SignatureV4.Algorithm);
        if (!isKnown && algorithm.StartsWith("AWS4-"))
        {
            return SignatureMessages.UnknownAlgorithm(algorithm.ToString());
        }

        if (parts.Credential is null || parts.Signature is null || parts.SignedHeaders is null || parts.Date is null)
        {
            return SignatureMessages.MissingInHeader(parts, header, echoesHeader);
        }

        return isKnown ? null : SignatureMessages.UnknownAlgorithm(algorithm.ToString());
    }

    private static bool TrySet(SignatureParts parts, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "Credential" when parts.Credential is null:
                parts.Credential = value.ToString();
                return true;
            case "SignedHeaders" when parts.SignedHeaders is null:
                parts.SignedHeaders = value.ToString();
                return true;
            case "Signature" when parts.Signature is null:
                parts.Signature = value.ToString();
                return true;
            default:
                return name is not ("Credential" or "SignedHeaders" or "Signature");
        }
    }

    private static string? DateOf(in SignedHttpRequest request) => Text(request.Headers[DateHeader]) ?? Text(request.Headers.Date);

    // Several values become one that is wrong.
    private static string? Text(StringValues values) => values.Count == 0 ? null : values.ToString();
}
