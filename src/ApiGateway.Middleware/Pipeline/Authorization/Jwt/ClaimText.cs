using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Claims as templates, mappings and logs see them: text. User pools and JWT authorizers write it differently.</summary>
internal static class ClaimText
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>Writes a claim.</summary>
    public static string Of(JsonElement value, JwtProfile profile) => profile == JwtProfile.Rest ? Json(value) : Plain(value);

    // A list is '[a b]'; whoever wants its elements apart must know that they have no spaces.
    private static string Plain(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!;
            case JsonValueKind.Array:
                var text = new StringBuilder("[");
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(text.Length > 1 ? " " : "").Append(Plain(item));
                }

                return text.Append(']').ToString();
            default:
                return value.GetRawText();
        }
    }

    // As it stands in the token, but for what is not ASCII.
    private static string Json(JsonElement value)
    {
        var raw = value.GetRawText();
        if (Ascii.IsValid(raw))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length + 16);
        foreach (var c in raw)
        {
            if (char.IsAscii(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append("\\u").Append(Hex[c >> 12]).Append(Hex[(c >> 8) & 15]).Append(Hex[(c >> 4) & 15]).Append(Hex[c & 15]);
            }
        }

        return text.ToString();
    }
}
