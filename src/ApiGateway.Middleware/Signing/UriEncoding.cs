using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Signing;

/// <summary>Percent-encoding as signatures want it: everything but the unreserved characters of RFC 3986, in upper-case hexadecimal.</summary>
internal static class UriEncoding
{
    private const int OnStack = 256;

    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    /// <summary>Encodes text; what is encoded already is encoded once more.</summary>
    public static void WriteEncoded(PooledBufferWriter target, ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[OnStack];
        while (!text.IsEmpty)
        {
            // At most three bytes a character; a pair of surrogates is not cut in two.
            var count = Math.Min(text.Length, OnStack / 3);
            if (count < text.Length && char.IsHighSurrogate(text[count - 1]))
            {
                count--;
            }

            WriteEncoded(target, bytes[..Encoding.UTF8.GetBytes(text[..count], bytes)]);
            text = text[count..];
        }
    }

    /// <summary>Encodes the meaning of a part of a query: a plus is a space, and escapes are decoded first.</summary>
    public static void WriteQueryPart(PooledBufferWriter target, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny('%', '+');
            if (at < 0)
            {
                WriteEncoded(target, text);
                return;
            }

            WriteEncoded(target, text[..at]);
            if (text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                WriteEncoded(target, (byte)((Hex(text[at + 1]) << 4) | Hex(text[at + 2])));
                text = text[(at + 3)..];
            }
            else
            {
                WriteEncoded(target, (byte)(text[at] == '+' ? ' ' : '%'));
                text = text[(at + 1)..];
            }
        }
    }

    private static void WriteEncoded(PooledBufferWriter target, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var at = bytes.IndexOfAnyExcept(Unreserved);
            if (at < 0)
            {
                target.Write(bytes);
                return;
            }

            target.Write(bytes[..at]);
            WriteEncoded(target, bytes[at]);
            bytes = bytes[(at + 1)..];
        }
    }

    private static void WriteEncoded(PooledBufferWriter target, byte value)
    {
        if (Unreserved.Contains(value))
        {
            target.WriteByte(value);
            return;
        }

        var hex = "0123456789ABCDEF"u8;
        target.WriteByte((byte)'%');
        target.WriteByte(hex[value >> 4]);
        target.WriteByte(hex[value & 15]);
    }

    private static int Hex(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
