using System.Buffers.Text;
using System.Text;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>The variable <c>$util</c>. Every function gives empty text for null.</summary>
internal sealed class UtilObject : TemplateObject
{
    private const string Hex = "0123456789ABCDEF";

    private UtilObject()
    {
    }

    public static UtilObject Instance { get; } = new();

    public override Value GetProperty(string name) => Value.Null;

    public override Value CallMethod(in TemplateCall call)
    {
        var argument = call.Argument(0);
        var text = call.Name == "base64Encode" && argument.Kind is ValueKind.List or ValueKind.Map
            ? argument.ToJson()
            : argument.ToText();
        call.Rendering.StepText(text.Length);

        var result = call.Name switch
        {
            "escapeJavaScript" => EscapeJavaScript(text),
            "urlEncode" => UrlEncode(text),
            "urlDecode" => UrlDecode(text),
            "base64Encode" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            "base64Decode" => Base64Decode(text),
            _ => null,
        };

        if (result is null)
        {
            return call.Name == "parseJson" && ValueReader.TryRead(text, out var parsed) ? parsed : Value.Null;
        }

        call.Rendering.StepText(result.Length);
        return Value.Of(result);
    }

    private static string EscapeJavaScript(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            var name = c switch
            {
                '"' or '\'' or '\\' or '/' => c,
                '\b' => 'b',
                '\f' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                _ => '\0',
            };

            if (name != '\0')
            {
                result.Append('\\').Append(name);
            }
            else if (c is >= ' ' and < '\u007f')
            {
                result.Append(c);
            }
            else
            {
                result.Append(@"\u").Append(Hex[c >> 12]).Append(Hex[(c >> 8) & 0xF]).Append(Hex[(c >> 4) & 0xF]).Append(Hex[c & 0xF]);
            }
        }

        return result.ToString();
    }

    /// <summary>Encodes as HTML forms do: letters, digits and <c>-_.*</c> stay, a space becomes a plus.</summary>
    private static string UrlEncode(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'*')
            {
                result.Append((char)b);
            }
            else if (b == (byte)' ')
            {
                result.Append('+');
            }
            else
            {
                result.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 0xF]);
            }
        }

        return result.ToString();
    }

    /// <summary>Decodes what <see cref="UrlEncode"/> makes. A percent sign without two digits stays.</summary>
    private static string UrlDecode(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var length = 0;

        for (var i = 0; i < source.Length; i++)
        {
            var b = source[i];
            if (b == (byte)'%' && i + 2 < source.Length
                && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                b = (byte)((Digit(source[i + 1]) << 4) | Digit(source[i + 2]));
                i += 2;
            }
            else if (b == (byte)'+')
            {
                b = (byte)' ';
            }

            source[length++] = b;
        }

        return Encoding.UTF8.GetString(source, 0, length);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;

    private static string Base64Decode(string text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : string.Empty;
    }
}
