using System.Globalization;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Decodes parts of a request target to bytes, which need not be UTF-8. What does not decode stays as it is.</summary>
internal static class PercentDecoding
{
    public static void Write(PooledBufferWriter target, ReadOnlySpan<char> text, bool plusIsSpace)
    {
        while (true)
        {
            var at = plusIsSpace ? text.IndexOfAny('%', '+') : text.IndexOf('%');
            if (at < 0)
            {
                target.WriteText(text);
                return;
            }

            target.WriteText(text[..at]);
            if (text[at] == '+')
            {
                target.WriteByte((byte)' ');
                text = text[(at + 1)..];
            }
            else if (at + 2 < text.Length
                && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                target.WriteByte(value);
                text = text[(at + 3)..];
            }
            else
            {
                target.WriteByte((byte)'%');
                text = text[(at + 1)..];
            }
        }
    }
}
