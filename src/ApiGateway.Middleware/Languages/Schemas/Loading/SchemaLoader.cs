using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>Reads a schema and everything it refers to into <see cref="SchemaPart"/>s, and collects what is wrong.</summary>
internal sealed class SchemaLoader
{
    private const int MaxSchemaDepth = 256;

    // Stands in where the caller gives no address. Relative references can be resolved against it.
    private static readonly Uri NoAddress = new("schema:///");

    private readonly SchemaRegistry _registry;
    private readonly SchemaIndex _index;
    private readonly HashSet<SchemaError> _errors = [];
    private readonly Dictionary<(JsonValue Schema, DynamicScope Scope), SchemaPart> _parts = [];
    private readonly Queue<(SchemaPart Part, JsonValue Schema, DynamicScope Scope)> _unread = [];
    private int _nextId;

    public SchemaLoader(SchemaRegistry registry, SchemaOptions options)
    {
        _registry = registry;
        _index = new SchemaIndex(options.Dialect);
        Options = options;
    }

    public SchemaOptions Options { get; }

    public IReadOnlyCollection<SchemaError> Errors => _errors;

    /// <summary>Reads a document and all that it refers to, completely unless there are <see cref="Errors"/>.</summary>
    public SchemaPart? Load(ReadOnlyMemory<byte> utf8Schema)
    {
        if (Parse(utf8Schema, "") is not { } root)
        {
            return null;
        }

        _index.AddDocument(root, Options.BaseUri ?? NoAddress, "");
        var part = Part(root, DynamicScope.CreateEmpty());
        while (_unread.TryDequeue(out var next))
        {
            new PartReader(this, next.Part, next.Schema, next.Scope).Read();
        }

        if (_errors.Count == 0)
        {
            ReferenceCycles.Check(_parts.Values, AddError);
        }

        return part;
    }

    public void AddError(string pointer, string rule, string cure) => _errors.Add(new SchemaError(pointer, rule, cure));

    public int NextId() => _nextId++;

    /// <summary>The part of a schema that is reached in <paramref name="scope"/>; it is read later if it is new.</summary>
    public SchemaPart Part(JsonValue schema, DynamicScope scope)
    {
        var place = _index.PlaceOf(schema);
        scope = scope.Enter(SchemaRegistry.WithoutFragment(place.Base), _index.DynamicAnchorsAt(place));
        if (!_parts.TryGetValue((schema, scope), out var part))
        {
            part = new SchemaPart(NextId(), place.Pointer);
            _parts.Add((schema, scope), part);
            _unread.Enqueue((part, schema, scope));
        }

        return part;
    }

    /// <summary>The target of a <c>$ref</c> or <c>$dynamicRef</c> in <paramref name="from"/>, or an error.</summary>
    public SchemaPart? Resolve(JsonValue from, string keyword, string reference, DynamicScope scope)
    {
        var place = _index.PlaceOf(from);
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var document = hash < 0 ? reference : reference[..hash];

        var address = place.Base;
        if (document.Length > 0 && !Uri.TryCreate(place.Base, document, out address))
        {
            AddError($"{place.Pointer}/{keyword}", $"'{reference}' is no valid address.", "Write a URI reference.");
            return null;
        }

        var target = Find(SchemaRegistry.WithoutFragment(address), fragment);
        if (target is null)
        {
            AddError(
                $"{place.Pointer}/{keyword}",
                $"'{reference}' leads to '{address}' and finds nothing there.",
                "Add the schema, or correct the reference; nothing is fetched from the network.");
            return null;
        }

        if (keyword == "$dynamicRef" && _index.DynamicAnchorsAt(_index.PlaceOf(target)).ContainsKey(fragment))
        {
            target = scope.Find(fragment) ?? target;
        }

        return Part(target, scope);
    }

    private JsonValue? Find(string address, string fragment)
    {
        var root = _index.Find(address) ?? LoadDocument(address);
        if (root is null || fragment.Length == 0)
        {
            return root;
        }

        return fragment[0] == '/' ? _index.FollowPointer(root, fragment) : _index.Find($"{address}#{fragment}");
    }

    private JsonValue? LoadDocument(string address)
    {
        if (!_registry.TryGet(address, out var utf8Schema) || Parse(utf8Schema, $"{address}#") is not { } root)
        {
            return null;
        }

        _index.AddDocument(root, new Uri(address), $"{address}#");
        return root;
    }

    private JsonValue? Parse(ReadOnlyMemory<byte> utf8Schema, string pointer)
    {
        if (utf8Schema.Length > Options.Limits.MaxSchemaBytes)
        {
            AddError(
                pointer,
                $"the schema may have {Options.Limits.MaxSchemaBytes} bytes, but has {utf8Schema.Length}.",
                "Split it, or raise the limit.");
            return null;
        }

        var root = JsonParser.Parse(utf8Schema.Span, MaxSchemaDepth);
        if (root is null)
        {
            AddError(
                pointer, $"the schema is no well-formed JSON of up to {MaxSchemaDepth} levels.", "Check it with a JSON parser.");
        }

        return root;
    }
}
