using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>Reads the keywords of one schema into its part. Unknown keywords are ignored.</summary>
internal sealed partial class PartReader(SchemaLoader loader, SchemaPart part, JsonValue schema, DynamicScope scope)
{
    private bool IsDraft4 => loader.Options.Dialect == SchemaDialect.Draft4;

    public void Read()
    {
        if (schema.Type == JsonTypes.Boolean && !IsDraft4)
        {
            part.IsNever = !schema.IsTrue;
            return;
        }

        if (schema.Type != JsonTypes.Object)
        {
            AddError("", "a schema", schema, IsDraft4 ? "Write an object." : "Write an object, true or false.");
            return;
        }

        if (IsDraft4 && schema.Find("$ref") is { Type: JsonTypes.String })
        {
            ReadReference("$ref");
            return;
        }

        ReadReference("$ref");
        ReadType();
        ReadEnum();
        ReadNumbers();
        ReadStrings();
        ReadArrays();
        ReadObjects();
        ReadCombinations();
        if (!IsDraft4)
        {
            ReadReference("$dynamicRef");
            ReadModernKeywords();
        }
    }

    private void ReadReference(string keyword)
    {
        if (Text(keyword) is { } reference && loader.Resolve(schema, keyword, reference, scope) is { } target)
        {
            part.References = [.. part.References, target];
        }
    }

    private void ReadType()
    {
        part.AllowsZeroFraction = !IsDraft4;
        if (schema.Find("type") is not { } type)
        {
            return;
        }

        part.Types = JsonTypes.None;
        foreach (var name in type.Type == JsonTypes.Array ? type.Items : [type])
        {
            if (name.Type != JsonTypes.String || TypeNames.Find(name.Text) is not { } found)
            {
                AddError("type", "one of array, boolean, integer, null, number, object, string", name, "Correct the name.");
                return;
            }

            part.Types |= found;
        }

        if (part.Types == JsonTypes.None)
        {
            AddError("type", "a type or a list of at least one", type, "Name a type, or leave the keyword out.");
        }
    }

    private void ReadEnum()
    {
        if (schema.Find("enum") is not { } values)
        {
            return;
        }

        if (values.Type != JsonTypes.Array || values.Items.Length == 0)
        {
            AddError("enum", "a list of at least one value", values, "List the allowed values.");
            return;
        }

        part.Enum = values.Items;
    }

    private void ReadNumbers()
    {
        part.Minimum = Bound("minimum", "exclusiveMinimum", isMinimum: true);
        part.Maximum = Bound("maximum", "exclusiveMaximum", isMinimum: false);
        if (schema.Find("multipleOf") is { } multiple)
        {
            part.MultipleOf = multiple.Type == JsonTypes.Number ? NumberMultiple.Create(multiple.Text) : null;
            if (part.MultipleOf is null)
            {
                AddError("multipleOf", "a number above 0 of at most 18 significant digits", multiple, "Correct the number.");
            }
        }
    }

    // Draft 4: a flag beside the bound. Later: a bound of its own, and the tighter of the two counts.
    private NumberBound? Bound(string keyword, string exclusiveKeyword, bool isMinimum)
    {
        if (IsDraft4)
        {
            var exclusive = Flag(exclusiveKeyword);
            return Number(keyword) is { } bound ? new NumberBound(bound, exclusive) : null;
        }

        var plain = Number(keyword) is { } limit ? new NumberBound(limit, exclusive: false) : null;
        var strict = Number(exclusiveKeyword) is { } border ? new NumberBound(border, exclusive: true) : null;
        if (plain is null || strict is null)
        {
            return plain ?? strict;
        }

        var strictIsTighter = isMinimum ? !strict.AllowsAsMinimum(plain.Number) : !strict.AllowsAsMaximum(plain.Number);
        return strictIsTighter ? strict : plain;
    }

    private void ReadStrings()
    {
        part.MinLength = Count("minLength") ?? 0;
        part.MaxLength = Count("maxLength") ?? int.MaxValue;
        if (Text("pattern") is { } pattern)
        {
            part.Pattern = Pattern("pattern", pattern);
        }

        if (Text("format") is { } format)
        {
            part.Format = Format.Find(format, loader.Options.Dialect);
        }
    }

    private SchemaPattern? Pattern(string keyword, string source)
    {
        var limits = loader.Options.Limits;
        if (source.Length > limits.MaxPatternLength)
        {
            loader.AddError(
                $"{part.Pointer}/{keyword}",
                $"a regular expression may have {limits.MaxPatternLength} characters, but this one has {source.Length}.",
                "Shorten it.");
            return null;
        }

        var pattern = SchemaPattern.Compile(source, limits.PatternTimeout, out var error);
        if (pattern is null)
        {
            loader.AddError(
                $"{part.Pointer}/{keyword}",
                $"'{source}' is no ECMA 262 regular expression: {error}.",
                "Correct the expression.");
        }

        return pattern;
    }

    private bool Flag(string keyword)
    {
        if (schema.Find(keyword) is not { } value)
        {
            return false;
        }

        if (value.Type != JsonTypes.Boolean)
        {
            AddError(keyword, "true or false", value, "Write true or false.");
        }

        return value.IsTrue;
    }

    private string? Text(string keyword)
    {
        var value = schema.Find(keyword);
        if (value is not null && value.Type != JsonTypes.String)
        {
            AddError(keyword, "a string", value, "Put it in quotation marks.");
        }

        return value?.Type == JsonTypes.String ? value.Text : null;
    }

    private string? Number(string keyword)
    {
        var value = schema.Find(keyword);
        if (value is not null && value.Type != JsonTypes.Number)
        {
            AddError(keyword, "a number", value, "Write a number.");
        }

        return value?.Type == JsonTypes.Number ? value.Text : null;
    }

    private int? Count(string keyword)
    {
        if (schema.Find(keyword) is not { } value)
        {
            return null;
        }

        var number = value.Type == JsonTypes.Number ? new JsonNumber(Encoding.UTF8.GetBytes(value.Text)) : default;
        if (value.Type != JsonTypes.Number || !number.IsInteger || number.IsNegative)
        {
            AddError(keyword, "a whole number of at least 0", value, "Write a whole number.");
            return null;
        }

        return number.TryGetFloor(out var count) ? (int)Math.Min(count, int.MaxValue) : int.MaxValue;
    }

    private void AddError(string keyword, string expected, JsonValue found, string cure)
    {
        var text = new StringBuilder();
        JsonWriter.Write(found, text, limit: 100);
        var pointer = keyword.Length == 0 ? part.Pointer : $"{part.Pointer}/{keyword}";
        loader.AddError(pointer, $"must be {expected}, but is {text}.", cure);
    }
}
