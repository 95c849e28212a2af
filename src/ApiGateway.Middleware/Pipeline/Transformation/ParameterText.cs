using System.Buffers;
using System.Text;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Writes values into path and query of an address so that they stay values (RFC 3986 2.1).</summary>
internal static class ParameterText
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly SearchValues<char> InQuery = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]");

    // Beyond what a path can hold, so that a path as it was received comes out unchanged.
    private static readonly SearchValues<char> InPath = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%[]");

    /// <summary>Encodes a decoded value: all but letters, digits and <c>-._~</c>.</summary>
    public static string Encoded(string value) => Escape(value, Unreserved);

    /// <summary>Encodes what a query cannot hold at all; the value is encoded apart from that.</summary>
    public static string ForQuery(string value) => Escape(value, InQuery);

    /// <summary>Encodes what a path cannot hold at all; the value is encoded apart from that.</summary>
    public static string ForPath(string value) => Escape(value, InPath);

    private static string Escape(string value, SearchValues<char> kept)
    {
        if (!value.AsSpan().ContainsAnyExcept(kept))
        {
            return value;
        }

        const string Hex = "0123456789ABCDEF";
        var text = new StringBuilder(value.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.IsBmp && kept.Contains((char)rune.Value))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
            {
                text.Append('%').Append(Hex[part >> 4]).Append(Hex[part & 0xF]);
            }
        }

        return text.ToString();
    }
}
