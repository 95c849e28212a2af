using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Writes values so that equal ones give equal texts, and different ones never do: maps by their keys, JSON without its layout.</summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _text = new();

    // The length in front keeps two texts from running into each other.
    public CanonicalText Add(string? part)
    {
        _text.Append(part?.Length ?? -1).Append(':').Append(part).Append(',');
        return this;
    }

    public CanonicalText Add(bool flag) => Add(flag ? "1" : "0");

    public CanonicalText Add(int? number) => Add(number?.ToString(CultureInfo.InvariantCulture));

    public CanonicalText Add<TEnum>(TEnum? value)
        where TEnum : struct, Enum => Add(value?.ToString());

    public CanonicalText AddList(IList<string> items)
    {
        Add(items.Count);
        foreach (var item in items)
        {
            Add(item);
        }

        return this;
    }

    /// <summary>Adds a map; what a map is missing in the text is told by the number in front.</summary>
    public CanonicalText AddMap<TKey, TValue>(IDictionary<TKey, TValue> map, Action<CanonicalText, TValue> add)
        where TKey : notnull
    {
        Add(map.Count);
        foreach (var (key, value) in map.Select(static item => (Key: item.Key.ToString(), item.Value)).OrderBy(static item => item.Key, StringComparer.Ordinal))
        {
            add(Add(key), value);
        }

        return this;
    }

    public CanonicalText AddMap(IDictionary<string, string> map) => AddMap(map, static (text, value) => text.Add(value));

    public CanonicalText AddMap(IDictionary<string, bool> map) => AddMap(map, static (text, value) => text.Add(value));

    /// <summary>Adds JSON with its members in the order of their names; what is no JSON counts as it is.</summary>
    public CanonicalText AddJson(string? json)
    {
        if (json is null)
        {
            return Add((string?)null);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            AddJson(document.RootElement);
            return this;
        }
        catch (JsonException)
        {
            return Add(json);
        }
    }

    public override string ToString() => _text.ToString();

    private void AddJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                _text.Append('{');
                foreach (var member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    Add(member.Name);
                    AddJson(member.Value);
                }

                _text.Append('}');
                break;
            case JsonValueKind.Array:
                _text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    AddJson(item);
                }

                _text.Append(']');
                break;
            case JsonValueKind.String:
                Add(element.GetString());
                break;
            default:
                _text.Append(element.GetRawText()).Append(',');
                break;
        }
    }
}
