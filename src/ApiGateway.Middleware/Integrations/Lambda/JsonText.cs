using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Writes JSON strings. Nothing is escaped that need not be (RFC 8259 7), and what is no UTF-8 becomes U+FFFD.</summary>
internal static class JsonText
{
    private const int Piece = 512;

    private static readonly SearchValues<char> EscapedCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    private static readonly SearchValues<byte> EscapedBytes =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (byte)c), (byte)'"', (byte)'\\']);

    public static void WriteString(PooledBufferWriter target, ReadOnlySpan<char> text)
    {
        target.WriteByte((byte)'"');
        WriteCharacters(target, text);
        target.WriteByte((byte)'"');
    }

    /// <summary>Writes bytes that should be UTF-8.</summary>
    public static void WriteString(PooledBufferWriter target, ReadOnlySpan<byte> text)
    {
        target.WriteByte((byte)'"');
        if (Utf8.IsValid(text))
        {
            WriteBytes(target, text);
        }
        else
        {
            WriteRepaired(target, text);
        }

        target.WriteByte((byte)'"');
    }

    public static void WriteStringOrNull(PooledBufferWriter target, string? text)
    {
        if (text is null)
        {
            target.Write("null"u8);
        }
        else
        {
            WriteString(target, text);
        }
    }

    public static void WriteBase64(PooledBufferWriter target, ReadOnlySpan<byte> bytes)
    {
        target.WriteByte((byte)'"');
        var span = target.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, span, out _, out var written);
        target.Advance(written);
        target.WriteByte((byte)'"');
    }

    /// <summary>Writes the inside of a string.</summary>
    public static void WriteCharacters(PooledBufferWriter target, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(EscapedCharacters);
            if (at < 0)
            {
                target.WriteText(text);
                return;
            }

            target.WriteText(text[..at]);
            WriteEscape(target, (byte)text[at]);
            text = text[(at + 1)..];
        }
    }

    private static void WriteBytes(PooledBufferWriter target, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(EscapedBytes);
            if (at < 0)
            {
                target.Write(text);
                return;
            }

            target.Write(text[..at]);
            WriteEscape(target, text[at]);
            text = text[(at + 1)..];
        }
    }

    private static void WriteRepaired(PooledBufferWriter target, ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[Piece];
        while (!text.IsEmpty)
        {
            Utf8.ToUtf16(text, characters, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
            WriteCharacters(target, characters[..written]);
            text = text[read..];
        }
    }

    private static void WriteEscape(PooledBufferWriter target, byte value)
    {
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                target.WriteByte((byte)'\\');
                target.WriteByte(value);
                break;
            case (byte)'\n':
                target.Write("\\n"u8);
                break;
            case (byte)'\r':
                target.Write("\\r"u8);
                break;
            case (byte)'\t':
                target.Write("\\t"u8);
                break;
            default:
                target.Write("\\u00"u8);
                target.WriteByte((byte)('0' + (value >> 4)));
                target.WriteByte("0123456789abcdef"u8[value & 15]);
                break;
        }
    }
}
