using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>Prints JSON for messages: compact, without escapes that JSON does not ask for.</summary>
internal static class JsonWriter
{
    /// <summary>Appends a value, and stops soon after the text is longer than <paramref name="limit"/>.</summary>
    public static void Write(JsonValue value, StringBuilder text, int limit)
    {
        switch (value.Type)
        {
            case JsonTypes.String:
                WriteString(value.Text, text, limit);
                break;
            case JsonTypes.Array:
                text.Append('[');
                for (var i = 0; i < value.Items.Length && text.Length <= limit; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(value.Items[i], text, limit);
                }

                text.Append(']');
                break;
            case JsonTypes.Object:
                text.Append('{');
                for (var i = 0; i < value.Members.Length && text.Length <= limit; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    WriteString(value.Members[i].Name, text, limit);
                    text.Append(':');
                    Write(value.Members[i].Value, text, limit);
                }

                text.Append('}');
                break;
            default:
                text.Append(value.Text);
                break;
        }
    }

    private static void WriteString(string value, StringBuilder text, int limit)
    {
        text.Append('"');
        for (var i = 0; i < value.Length && text.Length <= limit; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
