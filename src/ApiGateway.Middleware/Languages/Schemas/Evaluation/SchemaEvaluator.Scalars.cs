using ApiGateway.Middleware.Languages.Json;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

// Strings, numbers and literals.
internal ref partial struct SchemaEvaluator
{
    private bool Literal(ReadOnlySpan<byte> literal)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return false;
        }

        _position += literal.Length;
        return true;
    }

    private bool String(SchemaNode node)
    {
        var start = _position + 1;
        var end = JsonScanner.EndOfString(_json, start, out var escaped);
        if (end < 0)
        {
            return false;
        }

        _position = end + 1;
        return (node.Strings is null && node.Enum is null) || AllowString(node, _json[start..end], escaped);
    }

    private bool AllowString(SchemaNode node, ReadOnlySpan<byte> content, bool escaped)
    {
        if (node.Enum is not null && !node.Enum.AllowString(content, escaped))
        {
            return false;
        }

        return node.Strings is null || IsMatch(node.Strings.Check(content, escaped));
    }

    private bool IsMatch(PatternResult result) =>
        result == PatternResult.Match || (result == PatternResult.TimedOut && Refuse());

    private bool Number(SchemaNode node)
    {
        var start = _position;
        var end = JsonScanner.EndOfNumber(_json, start, out var plain);
        if (end < 0)
        {
            return false;
        }

        _position = end;
        if ((node.Types & JsonTypes.Number) == JsonTypes.None && !AllowInteger(node, _json[start..end], plain))
        {
            return false;
        }

        return (node.Numbers is null || node.Numbers.Allow(_json[start..end], plain))
            && (node.Enum is null || node.Enum.AllowNumber(_json[start..end]));
    }

    private static bool AllowInteger(SchemaNode node, ReadOnlySpan<byte> text, bool plain) =>
        (node.Types & JsonTypes.Integer) != JsonTypes.None
        && (plain || (node.AllowsZeroFraction && new JsonNumber(text).IsInteger));
}
