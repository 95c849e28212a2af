using System.Buffers;
using System.Buffers.Text;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Base64url with one spelling for each value: no padding, no white space, no bits left over (RFC 7515, section 2).</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    // Before a rest of two characters four bits are left over, before one of three two bits: they must be zero.
    private static readonly SearchValues<byte> LastOfTwo = SearchValues.Create("AQgw"u8);
    private static readonly SearchValues<byte> LastOfThree = SearchValues.Create("AEIMQUYcgkosw048"u8);

    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = [];
        if (text.IndexOfAnyExcept(Alphabet) >= 0)
        {
            return false;
        }

        var isWhole = (text.Length % 4) switch
        {
            0 => true,
            2 => LastOfTwo.Contains(text[^1]),
            3 => LastOfThree.Contains(text[^1]),
            _ => false,
        };
        if (!isWhole)
        {
            return false;
        }

        bytes = Base64Url.DecodeFromUtf8(text);
        return true;
    }
}
