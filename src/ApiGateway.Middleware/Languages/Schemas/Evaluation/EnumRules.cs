using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>The values of an <c>enum</c> or <c>const</c>, by type.</summary>
internal sealed class EnumRules
{
    private readonly Utf8Names _strings;
    private readonly byte[][] _numbers;
    private readonly JsonValue[] _structures;

    public EnumRules(IReadOnlyCollection<JsonValue> values)
    {
        _strings = new Utf8Names([.. OfType(values, JsonTypes.String).Distinct()]);
        _numbers = [.. OfType(values, JsonTypes.Number).Select(Encoding.UTF8.GetBytes)];
        _structures = [.. values.Where(value => (value.Type & (JsonTypes.Array | JsonTypes.Object)) != JsonTypes.None)];
        AllowsTrue = values.Any(value => value.IsTrue);
        AllowsFalse = values.Any(value => value.Type == JsonTypes.Boolean && !value.IsTrue);
        foreach (var value in values)
        {
            Types |= value.Type == JsonTypes.Number ? JsonTypes.Number | JsonTypes.Integer : value.Type;
        }
    }

    /// <summary>Gets the types of the values; null needs no other check.</summary>
    public JsonTypes Types { get; }

    public bool AllowsTrue { get; }

    public bool AllowsFalse { get; }

    public bool HasStructures => _structures.Length > 0;

    public bool AllowString(ReadOnlySpan<byte> content, bool escaped) =>
        (escaped ? _strings.FindEscaped(content) : _strings.Find(content)) >= 0;

    public bool AllowNumber(ReadOnlySpan<byte> text)
    {
        var number = new JsonNumber(text);
        foreach (var allowed in _numbers)
        {
            if (text.SequenceEqual(allowed) || number.ComparedTo(new JsonNumber(allowed)) == 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool AllowStructure(JsonValue value)
    {
        foreach (var allowed in _structures)
        {
            if (allowed.DeepEquals(value))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> OfType(IEnumerable<JsonValue> values, JsonTypes type) =>
        values.Where(value => value.Type == type).Select(value => value.Text);
}
