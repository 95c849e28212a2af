using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Claims as templates, mappings and logs see them: text. Each kind of authorizer writes it differently.</summary>
internal static class ClaimText
{
    /// <summary>Writes a claim, or gives <see langword="null"/> if there is to be none.</summary>
    public static string? Of(JsonElement value, JwtProfile profile) => profile switch
    {
        JwtProfile.UserPool => Plain(value, static value => value.GetRawText()),
        JwtProfile.Rest => Json(value, isAscii: true),
        _ => value.ValueKind == JsonValueKind.Null ? null : Plain(value, static value => Json(value, isAscii: false)),
    };

    // A list is '[a b]'; whoever wants its elements apart must know that they have no spaces.
    private static string Plain(JsonElement value, Func<JsonElement, string> other)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!;
            case JsonValueKind.Array:
                var text = new StringBuilder("[");
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(text.Length > 1 ? " " : "").Append(Plain(item, other));
                }

                return text.Append(']').ToString();
            default:
                return other(value);
        }
    }

    // Without the token's layout: that of the issuer must not show.
    private static string Json(JsonElement value, bool isAscii)
    {
        var text = new StringBuilder();
        Write(text, value, isAscii);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, bool isAscii)
    {
        var isFirst = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Write(text, value.GetString()!, isAscii);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(isFirst ? "" : ",");
                    Write(text, item, isAscii);
                    isFirst = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject())
                {
                    text.Append(isFirst ? "" : ",");
                    Write(text, member.Name, isAscii);
                    text.Append(':');
                    Write(text, member.Value, isAscii);
                    isFirst = false;
                }

                text.Append('}');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Write(StringBuilder text, string value, bool isAscii)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ when isAscii && !char.IsAscii(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
