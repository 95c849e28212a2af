using System.Text.Json;
using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

/// <summary>JSON Schema as the standard is worded, over documents in memory, for the keywords that <see cref="RandomSchema"/> writes.</summary>
/// <remarks>Knows references to <c>#/definitions/...</c> only, and takes numbers as decimals.</remarks>
internal sealed class ReferenceValidator(JsonElement root, bool modern)
{
    public bool IsValid(JsonElement instance) => Validate(root, instance) is not null;

    // The evaluated names and indexes, or null if the instance is invalid.
    private HashSet<string>? Validate(JsonElement schema, JsonElement instance)
    {
        var evaluated = new HashSet<string>();
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True ? evaluated : null;
        }

        if (Get(schema, "$ref") is { } reference)
        {
            var target = root.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]);
            if (!modern)
            {
                return Validate(target, instance);
            }

            if (!Join(evaluated, Validate(target, instance)))
            {
                return null;
            }
        }

        var valid = General(schema, instance) && instance.ValueKind switch
        {
            JsonValueKind.String => String(schema, instance.GetString()!),
            JsonValueKind.Number => Number(schema, instance.GetDecimal()),
            JsonValueKind.Array => Array(schema, instance, evaluated),
            JsonValueKind.Object => Object(schema, instance, evaluated),
            _ => true,
        };
        return valid && Combinations(schema, instance, evaluated) && Unevaluated(schema, instance, evaluated) ? evaluated : null;
    }

    private bool Holds(JsonElement schema, JsonElement instance) => Validate(schema, instance) is not null;

    private static bool Join(HashSet<string> evaluated, HashSet<string>? more)
    {
        evaluated.UnionWith(more ?? []);
        return more is not null;
    }

    private static JsonElement? Get(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) ? value : null;

    private static JsonElement[] List(JsonElement schema, string keyword) =>
        Get(schema, keyword) is { } list ? [.. list.EnumerateArray()] : [];

    private static JsonProperty[] Map(JsonElement schema, string keyword) =>
        Get(schema, keyword) is { } map ? [.. map.EnumerateObject()] : [];

    private static bool InRange(JsonElement schema, string minimum, string maximum, int count) =>
        !(Get(schema, minimum)?.GetInt32() > count) && !(Get(schema, maximum)?.GetInt32() < count);

    private bool General(JsonElement schema, JsonElement instance)
    {
        if (Get(schema, "type") is { } type
            && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type]).Any(name => IsOfType(name.GetString()!, instance)))
        {
            return false;
        }

        return (Get(schema, "enum") is not { } values || values.EnumerateArray().Any(value => JsonElement.DeepEquals(value, instance)))
            && (!modern || Get(schema, "const") is not { } constant || JsonElement.DeepEquals(constant, instance));
    }

    private bool IsOfType(string name, JsonElement instance) => instance.ValueKind switch
    {
        JsonValueKind.Number => name == "number" || (name == "integer" && (modern
            ? decimal.IsInteger(instance.GetDecimal())
            : !instance.GetRawText().AsSpan().ContainsAny(".eE"))),
        JsonValueKind.True or JsonValueKind.False => name == "boolean",
        _ => instance.ValueKind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase),
    };

    private static bool String(JsonElement schema, string text) =>
        InRange(schema, "minLength", "maxLength", text.EnumerateRunes().Count())
        && (Get(schema, "pattern") is not { } pattern || Regex.IsMatch(text, pattern.GetString()!));

    private bool Number(JsonElement schema, decimal value)
    {
        var minimum = Get(schema, "minimum")?.GetDecimal();
        var exclusive = Get(schema, "exclusiveMinimum");
        if (modern)
        {
            return !(value < minimum) && !(value <= exclusive?.GetDecimal()) && IsMultiple(schema, value)
                && !(value > Get(schema, "maximum")?.GetDecimal());
        }

        return (exclusive?.GetBoolean() == true ? !(value <= minimum) : !(value < minimum)) && IsMultiple(schema, value)
            && !(value > Get(schema, "maximum")?.GetDecimal());
    }

    private static bool IsMultiple(JsonElement schema, decimal value) =>
        Get(schema, "multipleOf") is not { } multiple || value % multiple.GetDecimal() == 0;

    private bool Array(JsonElement schema, JsonElement instance, HashSet<string> evaluated)
    {
        JsonElement[] items = [.. instance.EnumerateArray()];
        var tuple = Get(schema, modern ? "prefixItems" : "items");
        JsonElement[] prefix = tuple is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        var rest = !modern && tuple is { ValueKind: JsonValueKind.Array } ? Get(schema, "additionalItems") : Get(schema, "items");
        for (var i = 0; i < items.Length; i++)
        {
            if ((i < prefix.Length ? prefix[i] : rest) is not { } child)
            {
                continue;
            }

            evaluated.Add($"{i}");
            if (!Holds(child, items[i]))
            {
                return false;
            }
        }

        if (modern && Get(schema, "contains") is { } contains)
        {
            int[] matches = [.. Enumerable.Range(0, items.Length).Where(i => Holds(contains, items[i]))];
            evaluated.UnionWith(matches.Select(i => $"{i}"));
            if (matches.Length < (Get(schema, "minContains")?.GetInt32() ?? 1) || matches.Length > (Get(schema, "maxContains")?.GetInt32() ?? int.MaxValue))
            {
                return false;
            }
        }

        var unique = Get(schema, "uniqueItems")?.GetBoolean() == true;
        return InRange(schema, "minItems", "maxItems", items.Length)
            && !(unique && items.Index().Any(left => items.Skip(left.Index + 1).Any(right => JsonElement.DeepEquals(left.Item, right))));
    }

    private bool Object(JsonElement schema, JsonElement instance, HashSet<string> evaluated)
    {
        foreach (var property in instance.EnumerateObject())
        {
            List<JsonElement> children =
            [
                .. Map(schema, "properties").Where(known => known.NameEquals(property.Name)).Select(known => known.Value),
                .. Map(schema, "patternProperties").Where(pattern => Regex.IsMatch(property.Name, pattern.Name)).Select(pattern => pattern.Value),
            ];
            if (children.Count == 0 && Get(schema, "additionalProperties") is { } additional)
            {
                children.Add(additional);
            }

            if (children.Count > 0)
            {
                evaluated.Add(property.Name);
            }

            if (!children.TrueForAll(child => Holds(child, property.Value)))
            {
                return false;
            }

            if (modern && Get(schema, "propertyNames") is { } names && !Holds(names, JsonSerializer.SerializeToElement(property.Name)))
            {
                return false;
            }
        }

        foreach (var dependency in Map(schema, modern ? "dependentRequired" : "dependencies"))
        {
            if (instance.TryGetProperty(dependency.Name, out _) && dependency.Value.ValueKind == JsonValueKind.Array
                && !dependency.Value.EnumerateArray().All(name => instance.TryGetProperty(name.GetString()!, out _)))
            {
                return false;
            }
        }

        return InRange(schema, "minProperties", "maxProperties", instance.EnumerateObject().Count())
            && List(schema, "required").All(name => instance.TryGetProperty(name.GetString()!, out _));
    }

    private bool Combinations(JsonElement schema, JsonElement instance, HashSet<string> evaluated)
    {
        if (!List(schema, "allOf").All(child => Join(evaluated, Validate(child, instance)))
            || (Get(schema, "anyOf") is not null && List(schema, "anyOf").Sum(child => Join(evaluated, Validate(child, instance)) ? 1 : 0) == 0)
            || (Get(schema, "oneOf") is not null && List(schema, "oneOf").Count(child => Join(evaluated, Validate(child, instance))) != 1)
            || (Get(schema, "not") is { } not && Holds(not, instance)))
        {
            return false;
        }

        if (modern && Get(schema, "if") is { } condition
            && Get(schema, Join(evaluated, Validate(condition, instance)) ? "then" : "else") is { } branch
            && !Join(evaluated, Validate(branch, instance)))
        {
            return false;
        }

        return instance.ValueKind != JsonValueKind.Object || Map(schema, modern ? "dependentSchemas" : "dependencies").All(dependency =>
            !instance.TryGetProperty(dependency.Name, out _) || dependency.Value.ValueKind == JsonValueKind.Array
            || Join(evaluated, Validate(dependency.Value, instance)));
    }

    private bool Unevaluated(JsonElement schema, JsonElement instance, HashSet<string> evaluated)
    {
        if (!modern)
        {
            return true;
        }

        IEnumerable<(string Key, JsonElement Value)> rest = instance.ValueKind switch
        {
            JsonValueKind.Object when Get(schema, "unevaluatedProperties") is not null =>
                instance.EnumerateObject().Select(property => (property.Name, property.Value)),
            JsonValueKind.Array when Get(schema, "unevaluatedItems") is not null =>
                instance.EnumerateArray().Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        var child = Get(schema, instance.ValueKind == JsonValueKind.Object ? "unevaluatedProperties" : "unevaluatedItems");
        return rest.ToList().TrueForAll(entry => !evaluated.Add(entry.Key) || Holds(child!.Value, entry.Value));
    }
}
