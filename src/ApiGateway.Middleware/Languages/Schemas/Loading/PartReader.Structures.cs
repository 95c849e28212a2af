using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

// Keywords that hold other schemas.
internal sealed partial class PartReader
{
    private const int MaxPatternProperties = 64;

    private void ReadArrays()
    {
        part.MinItems = Count("minItems") ?? 0;
        part.MaxItems = Count("maxItems") ?? int.MaxValue;
        part.UniqueItems = Flag("uniqueItems");
        if (!IsDraft4)
        {
            part.PrefixItems = Schemas("prefixItems");
            part.Items = Schema("items");
        }
        else if (schema.Find("items") is { Type: JsonTypes.Array } items)
        {
            part.PrefixItems = [.. items.Items.Select(item => loader.Part(item, scope))];
            part.Items = SchemaOrFlag("additionalItems");
        }
        else
        {
            part.Items = Schema("items");
        }
    }

    private void ReadObjects()
    {
        part.MinProperties = Count("minProperties") ?? 0;
        part.MaxProperties = Count("maxProperties") ?? int.MaxValue;
        part.Properties = SchemaMap("properties");
        part.AdditionalProperties = SchemaOrFlag("additionalProperties");
        ReadPatternProperties();
        ReadRequired();
        if (IsDraft4)
        {
            ReadDependencies();
        }
    }

    private void ReadPatternProperties()
    {
        var patterns = new List<KeyValuePair<SchemaPattern, SchemaPart>>();
        foreach (var (source, child) in SchemaMap("patternProperties"))
        {
            if (Pattern("patternProperties", source) is { } pattern)
            {
                patterns.Add(new(pattern, child));
            }
        }

        if (patterns.Count > MaxPatternProperties)
        {
            loader.AddError(
                $"{part.Pointer}/patternProperties",
                $"may have {MaxPatternProperties} members, but has {patterns.Count}.",
                "Join some expressions with '|'.");
        }

        part.PatternProperties = [.. patterns];
    }

    private void ReadRequired()
    {
        if (schema.Find("required") is not { } required)
        {
            return;
        }

        // Draft 3 had a flag of this name, and definitions that still have it mean nothing by it.
        if (IsDraft4 && required.Type == JsonTypes.Boolean && !loader.Options.StrictRequired)
        {
            return;
        }

        if (required.Type == JsonTypes.Array && required.Items.Length == 0 && loader.Options.StrictRequired)
        {
            AddError("required", "a list of at least one name", required, "Name a property, or leave the keyword out.");
        }

        part.Required = Names("required", required);
    }

    private void ReadDependencies()
    {
        if (Map("dependencies") is not { } map)
        {
            return;
        }

        foreach (var (name, value) in map.Members)
        {
            if (value.Type == JsonTypes.Array)
            {
                part.DependentRequired = [.. part.DependentRequired, new(name, Names("dependencies", value))];
            }
            else if (value.Type == JsonTypes.Object)
            {
                part.DependentSchemas = [.. part.DependentSchemas, new(name, loader.Part(value, scope))];
            }
            else
            {
                AddError("dependencies", "a map of names to lists of names or schemas", value, "Write a list or a schema.");
            }
        }
    }

    private void ReadCombinations()
    {
        part.AllOf = Schemas("allOf");
        part.AnyOf = Schemas("anyOf");
        part.OneOf = Schemas("oneOf");
        part.Not = Schema("not");
    }

    private void ReadModernKeywords()
    {
        part.Constant = schema.Find("const");
        part.If = Schema("if");
        part.Then = part.If is null ? null : Schema("then");
        part.Else = part.If is null ? null : Schema("else");
        part.Contains = Schema("contains");
        part.MinContains = Count("minContains") ?? 1;
        part.MaxContains = Count("maxContains") ?? int.MaxValue;
        part.PropertyNames = Schema("propertyNames");
        part.DependentSchemas = SchemaMap("dependentSchemas");
        part.UnevaluatedItems = Schema("unevaluatedItems");
        part.UnevaluatedProperties = Schema("unevaluatedProperties");
        if (Map("dependentRequired") is { } map)
        {
            part.DependentRequired =
                [.. map.Members.Select(member => KeyValuePair.Create(member.Name, Names("dependentRequired", member.Value)))];
        }
    }

    private SchemaPart? Schema(string keyword)
    {
        if (schema.Find(keyword) is not { } child)
        {
            return null;
        }

        if (child.Type == JsonTypes.Object || (child.Type == JsonTypes.Boolean && !IsDraft4))
        {
            return loader.Part(child, scope);
        }

        AddError(keyword, "a schema", child, "Write an object.");
        return null;
    }

    // Draft 4 has true and false in two places only.
    private SchemaPart? SchemaOrFlag(string keyword)
    {
        if (!IsDraft4 || schema.Find(keyword) is not { Type: JsonTypes.Boolean } flag)
        {
            return Schema(keyword);
        }

        return flag.IsTrue ? null : new SchemaPart(loader.NextId(), $"{part.Pointer}/{keyword}") { IsNever = true };
    }

    private SchemaPart[] Schemas(string keyword)
    {
        if (schema.Find(keyword) is not { } list)
        {
            return [];
        }

        if (list.Type != JsonTypes.Array || list.Items.Length == 0)
        {
            AddError(keyword, "a list of at least one schema", list, "List the schemas, or leave the keyword out.");
            return [];
        }

        return [.. list.Items.Select(item => loader.Part(item, scope))];
    }

    private KeyValuePair<string, SchemaPart>[] SchemaMap(string keyword)
    {
        if (Map(keyword) is not { } map)
        {
            return [];
        }

        var parts = new Dictionary<string, SchemaPart>();
        foreach (var (name, child) in map.Members)
        {
            if (child.Type is JsonTypes.Object or JsonTypes.Boolean)
            {
                parts[name] = loader.Part(child, scope);
            }
            else
            {
                AddError(keyword, "a map of names to schemas", child, $"Write an object for '{name}'.");
            }
        }

        return [.. parts];
    }

    private JsonValue? Map(string keyword)
    {
        var map = schema.Find(keyword);
        if (map is not null && map.Type != JsonTypes.Object)
        {
            AddError(keyword, "an object", map, "Write an object.");
        }

        return map?.Type == JsonTypes.Object ? map : null;
    }

    private string[] Names(string keyword, JsonValue list)
    {
        if (list.Type != JsonTypes.Array || list.Items.Any(item => item.Type != JsonTypes.String))
        {
            AddError(keyword, "a list of names", list, "Write an array of strings.");
            return [];
        }

        return [.. list.Items.Select(item => item.Text).Distinct()];
    }
}
