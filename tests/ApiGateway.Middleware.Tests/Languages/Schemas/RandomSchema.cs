using System.Globalization;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

/// <summary>Writes random schemas and bodies from few names and values, so that they often meet.</summary>
internal sealed class RandomSchema(int seed, bool modern)
{
    private static readonly string[] Names = ["a", "b", "c", "ab", "propertyWithALongName", "d\\\"e"];
    private static readonly string[] Patterns = ["^a", "b$", "o.*y", "^[a-c]+$"];
    private static readonly string[] Types = ["string", "number", "integer", "null", "boolean", "array", "object"];

    private readonly Random _random = new(seed);

    /// <summary>A schema with two definitions. References to them stand below a property only, so no cycle is without end.</summary>
    public string NextSchema() =>
        $$"""{"definitions":{"x":{{Schema(2, mayRefer: false)}},"y":{{Schema(2, mayRefer: false)}} },{{Schema(4, mayRefer: true)[1..]}}""";

    public string NextValue(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => Pick("null", "true", "false"),
        1 => Text(),
        2 or 3 => Number(),
        4 => Text(),
        5 => Pick("[]", "{}"),
        6 => $"[{Several(4, () => NextValue(depth - 1))}]",
        _ => Object(depth),
    };

    private string Object(int depth)
    {
        var names = Names.Where(_ => _random.Next(2) == 0).ToArray();
        _random.Shuffle(names);
        return $"{{{string.Join(Pick(",", " , "), names.Select(name => $"\"{Escape(name)}\"{Pick(":", " : ")}{NextValue(depth - 1)}"))}}}";
    }

    private string Escape(string name) => name == "ab" && _random.Next(4) == 0 ? "\\u0061b" : name;

    private string Text() => Pick("\"\"", "\"a\"", "\"ab\"", "\"\\u0061b\"", "\"é\"", "\"😀\\n\"", "\"boy\"");

    private string Number() => Pick("0", "1", "2", "-1", "1.0", "1.5", "2.50", "3", "1e1", "-0.5", "12345678901234567890", "0.1");

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string Several(int most, Func<string> next) => string.Join(',', Enumerable.Range(0, _random.Next(most)).Select(_ => next()));

    private string Map(Func<string> next, string[] names) =>
        $"{{{string.Join(',', names.Where(_ => _random.Next(2) == 0).Select(name => $"\"{name}\":{next()}"))}}}";

    private string Schema(int depth, bool mayRefer)
    {
        if (depth == 0)
        {
            return modern && _random.Next(4) == 0 ? Pick("true", "false") : $$"""{"type":"{{Pick(Types)}}"}""";
        }

        string Child() => mayRefer && _random.Next(4) == 0
            ? $$"""{"$ref":"#/definitions/{{Pick("x", "y")}}"}"""
            : Schema(depth - 1, mayRefer);
        var keywords = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Keyword(Child)).DistinctBy(keyword => keyword[..keyword.IndexOf(':')]);
        return $"{{{string.Join(',', keywords)}}}";
    }

    private string Keyword(Func<string> child) => _random.Next(modern ? 34 : 24) switch
    {
        0 => $"\"type\":[\"{Pick(Types)}\",\"{Pick(Types)}\",\"object\"]",
        1 => $"\"enum\":[{NextValue(1)},{NextValue(1)},{NextValue(1)},{NextValue(0)}]",
        2 => $"\"minimum\":{Number()}",
        3 => $"\"maximum\":{Number()}",
        4 => $"\"multipleOf\":{Pick("1", "0.5", "2", "0.1")}",
        5 => $"\"minLength\":{Count()}",
        6 => $"\"maxLength\":{Count()}",
        7 => $"\"pattern\":\"{Pick(Patterns)}\"",
        8 => $"\"minItems\":{Count()}",
        9 => $"\"maxItems\":{Count()}",
        10 => "\"uniqueItems\":true",
        11 or 12 or 13 => $"\"properties\":{Map(child, Names)}",
        14 => $"\"patternProperties\":{Map(child, Patterns)}",
        15 => $"\"additionalProperties\":{(_random.Next(3) == 0 ? "false" : child())}",
        16 => $"\"required\":[\"{Pick(Names)}\"]",
        17 => $"\"maxProperties\":{Count()}",
        18 => $"\"allOf\":[{child()},{child()}]",
        19 => $"\"anyOf\":[{child()},{child()}]",
        20 => $"\"oneOf\":[{child()},{child()}]",
        21 => $"\"not\":{child()}",
        22 => modern ? $"\"prefixItems\":[{child()},{child()}]" : $"\"items\":[{child()},{child()}],\"additionalItems\":{child()}",
        23 => modern ? $"\"items\":{child()}" : $"\"dependencies\":{{\"a\":[\"b\"],\"b\":{child()}}}",
        24 => $"\"const\":{NextValue(1)}",
        25 => $"\"exclusiveMinimum\":{Number()}",
        26 => $"\"contains\":{child()},\"minContains\":{Count()},\"maxContains\":{Count()}",
        27 => $"\"if\":{child()},\"then\":{child()},\"else\":{child()}",
        28 => "\"dependentRequired\":{\"a\":[\"b\"]}",
        29 => $"\"dependentSchemas\":{Map(child, Names)}",
        30 => $"\"propertyNames\":{child()}",
        31 or 32 => $"\"unevaluatedProperties\":{Pick("false", child())}",
        _ => $"\"unevaluatedItems\":{Pick("false", child())}",
    };

    private string Count() => _random.Next(4).ToString(CultureInfo.InvariantCulture);
}
