using System.Globalization;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>Knows where each schema of the loaded documents stands, and which addresses and anchors name it.</summary>
internal sealed class SchemaIndex(SchemaDialect dialect)
{
    private static readonly string[] MapKeywords =
        ["properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies"];

    private static readonly string[] SchemaKeywords =
    [
        "items", "additionalItems", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties", "allOf", "anyOf", "oneOf", "prefixItems",
    ];

    private static readonly Dictionary<string, JsonValue> NoAnchors = [];

    private readonly Dictionary<JsonValue, SchemaPlace> _places = [];
    private readonly Dictionary<string, JsonValue> _addresses = [];
    private readonly Dictionary<string, Dictionary<string, JsonValue>> _dynamicAnchors = [];

    /// <summary>Adds a document under the address it was asked for; its own ids come on top.</summary>
    public void AddDocument(JsonValue root, Uri address, string pointerPrefix)
    {
        _addresses[SchemaRegistry.WithoutFragment(address)] = root;
        Add(root, new SchemaPlace(address, pointerPrefix));
    }

    public SchemaPlace PlaceOf(JsonValue schema) => _places[schema];

    /// <summary>The schema with this address: a document, an id, or either with <c>#anchor</c>.</summary>
    public JsonValue? Find(string address) => _addresses.GetValueOrDefault(address);

    /// <summary>The dynamic anchors of the resource that <paramref name="place"/> belongs to.</summary>
    public Dictionary<string, JsonValue> DynamicAnchorsAt(SchemaPlace place) =>
        _dynamicAnchors.GetValueOrDefault(SchemaRegistry.WithoutFragment(place.Base), NoAnchors);

    /// <summary>Follows a JSON pointer. A target outside of all known keywords becomes a schema by being pointed at.</summary>
    public JsonValue? FollowPointer(JsonValue root, string pointer)
    {
        var current = root;
        var place = _places[root];
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = current.Type == JsonTypes.Array ? Item(current, name) : current.Find(name);
            if (next is null)
            {
                return null;
            }

            current = next;
            place = _places.GetValueOrDefault(current, place.Child(name));
        }

        if (!_places.ContainsKey(current))
        {
            Add(current, place);
        }

        return current;
    }

    private static JsonValue? Item(JsonValue array, string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Items.Length
            ? array.Items[index]
            : null;

    private void Add(JsonValue schema, SchemaPlace place)
    {
        place = ApplyIdentifiers(schema, place);
        _places[schema] = place;
        foreach (var keyword in MapKeywords)
        {
            if (schema.Find(keyword) is { } map)
            {
                var keywordPlace = place.Child(keyword);
                foreach (var (name, child) in map.Members)
                {
                    AddOneOrMany(child, keywordPlace.Child(name));
                }
            }
        }

        foreach (var keyword in SchemaKeywords)
        {
            if (schema.Find(keyword) is { } child)
            {
                AddOneOrMany(child, place.Child(keyword));
            }
        }
    }

    private void AddOneOrMany(JsonValue child, SchemaPlace place)
    {
        if (child.Type is JsonTypes.Object or JsonTypes.Boolean)
        {
            Add(child, place);
        }

        for (var i = 0; i < child.Items.Length; i++)
        {
            Add(child.Items[i], place.Child($"{i}"));
        }
    }

    private SchemaPlace ApplyIdentifiers(JsonValue schema, SchemaPlace place)
    {
        var isDraft4 = dialect == SchemaDialect.Draft4;
        if (isDraft4 && schema.Find("$ref")?.Type == JsonTypes.String)
        {
            // Draft 4 ignores everything beside a reference.
            return place;
        }

        if (schema.Find(isDraft4 ? "id" : "$id") is { Type: JsonTypes.String } id)
        {
            if (isDraft4 && id.Text.StartsWith('#'))
            {
                AddAnchor(schema, place, id.Text[1..]);
            }
            else if (Uri.TryCreate(place.Base, id.Text, out var address))
            {
                place = place with { Base = address };
                _addresses.TryAdd(SchemaRegistry.WithoutFragment(address), schema);
            }
        }

        if (isDraft4)
        {
            return place;
        }

        if (schema.Find("$anchor") is { Type: JsonTypes.String } anchor)
        {
            AddAnchor(schema, place, anchor.Text);
        }

        if (schema.Find("$dynamicAnchor") is { Type: JsonTypes.String } dynamic)
        {
            AddAnchor(schema, place, dynamic.Text);
            var resource = SchemaRegistry.WithoutFragment(place.Base);
            _dynamicAnchors.TryAdd(resource, []);
            _dynamicAnchors[resource].TryAdd(dynamic.Text, schema);
        }

        return place;
    }

    private void AddAnchor(JsonValue schema, SchemaPlace place, string anchor) =>
        _addresses.TryAdd($"{SchemaRegistry.WithoutFragment(place.Base)}#{anchor}", schema);
}
