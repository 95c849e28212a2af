using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Writes a JSON schema of an object in settings.</summary>
/// <remarks>
/// Configuration keeps texts alone, so what a value was is known by the keyword it belongs to. Where the keyword takes values of any
/// type, as <c>enum</c> does, a value that could be a number or a literal cannot be told from a text and is an error.
/// </remarks>
internal sealed class SchemaSettingsReader(SettingsSection section)
{
    private static readonly string[] Maps = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas", "dependentRequired"];

    private static readonly string[] Texts =
        ["type", "title", "description", "pattern", "format", "$ref", "$schema", "id", "$id", "$anchor", "$comment", "required", "contentMediaType", "contentEncoding"];

    private static readonly string[] AnyValues = ["enum", "const", "default", "example", "examples"];

    /// <summary>Gets the schema as JSON text, or <see langword="null"/> after adding what is wrong.</summary>
    public string? Read()
    {
        var before = section.Errors.Errors.Count;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteSchema(json, section);
        }

        return section.Errors.Errors.Count == before ? Encoding.UTF8.GetString(buffer.ToArray()) : null;
    }

    private static void WriteSchema(Utf8JsonWriter json, SettingsSection schema)
    {
        json.WriteStartObject();
        foreach (var member in schema.Children())
        {
            json.WritePropertyName(member.Key);
            if (Array.IndexOf(Maps, member.Key) >= 0)
            {
                WriteMap(json, member);
            }
            else
            {
                WriteValue(json, member, member.Key);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, SettingsSection map)
    {
        json.WriteStartObject();
        foreach (var member in map.Children())
        {
            json.WritePropertyName(member.Key);

            // Below 'dependencies' a list is one of names.
            WriteValue(json, member, member.IsList ? "required" : "");
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, SettingsSection value, string keyword)
    {
        if (value.IsList)
        {
            json.WriteStartArray();
            foreach (var item in value.Children())
            {
                WriteValue(json, item, keyword);
            }

            json.WriteEndArray();
        }
        else if (value.HasChildren || value.Value is null)
        {
            WriteSchema(json, value);
        }
        else
        {
            WriteText(json, value, value.Value, keyword);
        }
    }

    private static void WriteText(Utf8JsonWriter json, SettingsSection value, string text, string keyword)
    {
        if (Array.IndexOf(Texts, keyword) >= 0)
        {
            json.WriteStringValue(text);
            return;
        }

        var isLiteral = bool.TryParse(text, out var flag);
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (Array.IndexOf(AnyValues, keyword) >= 0 && (isLiteral || isNumber || text is "null" or ""))
        {
            value.Errors.Add(
                value.Origin,
                $"Settings do not tell whether '{text}' is a text here. Give the 'Schema' as JSON text or as the name of a file.");
            json.WriteNullValue();
        }
        else if (isLiteral)
        {
            json.WriteBooleanValue(flag);
        }
        else if (isNumber)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
