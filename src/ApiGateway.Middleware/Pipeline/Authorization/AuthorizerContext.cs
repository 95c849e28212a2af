using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>What an authorizer of an HTTP API says beside yes and no. Its values keep their JSON types.</summary>
internal sealed class AuthorizerContext
{
    public static readonly AuthorizerContext None = new();

    private AuthorizerContext()
    {
    }

    /// <summary>Gets the object, or <c>null</c>.</summary>
    public byte[] Json { get; private init; } = "null"u8.ToArray();

    /// <summary>Gets the members as they stand in the object.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Members { get; private init; } = [];

    /// <summary>Gets the members as text, for mappings and logs: a text without its quotes, anything else as it is written; no nulls.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; private init; } = new Dictionary<string, string>();

    /// <summary>Reads an object, at whose start the reader is.</summary>
    /// <param name="reader">Stands at the object's end afterwards.</param>
    /// <param name="utf8">What the reader reads.</param>
    /// <returns><see langword="null"/> if a member occurs twice.</returns>
    public static AuthorizerContext? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var start = (int)reader.TokenStartIndex;
        var members = new List<KeyValuePair<string, byte[]>>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
            {
                return null;
            }

            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            var json = utf8[valueStart..(int)reader.BytesConsumed];
            members.Add(new(name, json.ToArray()));
            if (!isNull)
            {
                texts[name] = text ?? Encoding.UTF8.GetString(json);
            }
        }

        return new AuthorizerContext { Json = utf8[start..(int)reader.BytesConsumed].ToArray(), Members = members, Texts = texts };
    }

    /// <summary>Makes one of texts, as authorizers inside the application give them.</summary>
    public static AuthorizerContext Of(IReadOnlyDictionary<string, string>? texts)
    {
        if (texts is null)
        {
            return None;
        }

        using var target = new PooledBufferWriter();
        var members = new List<KeyValuePair<string, byte[]>>(texts.Count);
        target.WriteByte((byte)'{');
        foreach (var (name, text) in texts)
        {
            if (members.Count > 0)
            {
                target.WriteByte((byte)',');
            }

            JsonText.WriteString(target, name);
            target.WriteByte((byte)':');
            var start = target.Length;
            JsonText.WriteString(target, text);
            members.Add(new(name, target.WrittenSpan[start..].ToArray()));
        }

        target.WriteByte((byte)'}');
        return new AuthorizerContext { Json = target.WrittenSpan.ToArray(), Members = members, Texts = texts };
    }
}
