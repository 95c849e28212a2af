using System.Text;
using System.Text.Unicode;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>Reads a whole JSON text into values.</summary>
internal ref struct JsonParser
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;

    private JsonParser(ReadOnlySpan<byte> json, int maxDepth)
    {
        _json = json;
        _maxDepth = maxDepth;
    }

    /// <summary>The value, or <see langword="null"/> if the text is malformed or nested too deep.</summary>
    public static JsonValue? Parse(ReadOnlySpan<byte> json, int maxDepth)
    {
        if (!Utf8.IsValid(json))
        {
            return null;
        }

        var parser = new JsonParser(json, maxDepth);
        var value = parser.Value();
        return parser.Next() == json.Length ? value : null;
    }

    private int Next() => _position = JsonScanner.SkipWhiteSpace(_json, _position);

    private readonly bool IsAt(byte expected) => (uint)_position < (uint)_json.Length && _json[_position] == expected;

    private JsonValue? Value()
    {
        if (Next() >= _json.Length)
        {
            return null;
        }

        switch (_json[_position])
        {
            case (byte)'{':
                return Object();
            case (byte)'[':
                return Array();
            case (byte)'"':
                return String() is { } text ? JsonValue.String(text) : null;
            case (byte)'t':
                return Literal("true"u8, JsonTypes.Boolean);
            case (byte)'f':
                return Literal("false"u8, JsonTypes.Boolean);
            case (byte)'n':
                return Literal("null"u8, JsonTypes.Null);
            default:
                var start = _position;
                var end = JsonScanner.EndOfNumber(_json, start, out _);
                if (end < 0)
                {
                    return null;
                }

                _position = end;
                return JsonValue.Number(Encoding.UTF8.GetString(_json[start..end]));
        }
    }

    private JsonValue? Literal(ReadOnlySpan<byte> literal, JsonTypes type)
    {
        var end = JsonScanner.EndOfLiteral(_json, _position, literal);
        if (end < 0)
        {
            return null;
        }

        _position = end;
        return JsonValue.Literal(type, Encoding.UTF8.GetString(literal));
    }

    private string? String()
    {
        var start = _position + 1;
        var end = JsonScanner.EndOfString(_json, start, out var escaped);
        if (end < 0)
        {
            return null;
        }

        _position = end + 1;
        return JsonText.ToString(_json[start..end], escaped);
    }

    private JsonValue? Array()
    {
        if (++_depth > _maxDepth)
        {
            return null;
        }

        var items = new List<JsonValue>();
        _position++;
        Next();
        if (!IsAt((byte)']'))
        {
            do
            {
                if (Value() is not { } item)
                {
                    return null;
                }

                items.Add(item);
                Next();
            }
            while (Take((byte)','));
        }

        _depth--;
        return Take((byte)']') ? JsonValue.Array([.. items]) : null;
    }

    private JsonValue? Object()
    {
        if (++_depth > _maxDepth)
        {
            return null;
        }

        var members = new List<JsonMember>();
        _position++;
        Next();
        if (!IsAt((byte)'}'))
        {
            do
            {
                if (Member() is not { } member)
                {
                    return null;
                }

                members.Add(member);
                Next();
            }
            while (Take((byte)','));
        }

        _depth--;
        return Take((byte)'}') ? JsonValue.Object([.. members]) : null;
    }

    private JsonMember? Member()
    {
        Next();
        if (!IsAt((byte)'"') || String() is not { } name)
        {
            return null;
        }

        Next();
        return Take((byte)':') && Value() is { } value ? new JsonMember(name, value) : null;
    }

    private bool Take(byte expected)
    {
        if (!IsAt(expected))
        {
            return false;
        }

        _position++;
        return true;
    }
}
