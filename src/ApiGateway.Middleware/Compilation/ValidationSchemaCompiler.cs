using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Schemas;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the models of an API, each once, when a method first needs it.</summary>
internal sealed class ValidationSchemaCompiler
{
    private const string EmptySchema = """{"$schema":"http://json-schema.org/draft-04/schema#","title":"Empty Schema","type":"object"}""";

    private const string ErrorSchema =
        """{"$schema":"http://json-schema.org/draft-04/schema#","title":"Error Schema","type":"object","properties":{"message":{"type":"string"}}}""";

    private readonly ApiDefinition _api;
    private readonly DefinitionOrigin _origin;
    private readonly DefinitionErrors _errors;
    private readonly ValidationModelAddresses _addresses;
    private readonly Dictionary<string, ModelDefinition> _definitions = new(StringComparer.Ordinal)
    {
        // Every API has these two, unless it defines them itself.
        ["Empty"] = new ModelDefinition("Empty", EmptySchema),
        ["Error"] = new ModelDefinition("Error", ErrorSchema),
    };

    private readonly Dictionary<string, ValidationModel?> _models = new(StringComparer.Ordinal);
    private readonly HashSet<(string Model, string Pointer, string Rule)> _told = [];
    private ValidationModel? _empty;

    public ValidationSchemaCompiler(ApiDefinition api, IEnumerable<KeyValuePair<string, ModelDefinition>> models, DefinitionOrigin origin, DefinitionErrors errors)
    {
        _api = api;
        _origin = origin;
        _errors = errors;
        foreach (var (name, model) in models)
        {
            _definitions[name] = model;
        }

        _addresses = new ValidationModelAddresses(api.Id ?? api.Name, _definitions);
    }

    /// <summary>Gets what bodies of methods without any model must match: an object.</summary>
    public ValidationModel Empty => _empty ??=
        new ValidationModel(JsonSchema.Compile(Encoding.UTF8.GetBytes(EmptySchema), new SchemaRegistry(), SchemaOptions.Default, out _));

    public bool Contains(string name) => _definitions.ContainsKey(name);

    /// <summary>Gets a model, or <see langword="null"/> if its content type is not JSON, so that it validates nothing.</summary>
    public ValidationModel? Find(string name)
    {
        if (!_models.TryGetValue(name, out var model))
        {
            var definition = _definitions[name];
            _models[name] = model = ValidationCompiler.IsJson(definition.ContentType) ? Compile(name, definition) : null;
        }

        return model;
    }

    private ValidationModel Compile(string name, ModelDefinition definition)
    {
        var options = new SchemaOptions
        {
            Dialect = definition.IsDraft2020 ? SchemaDialect.Draft202012 : SchemaDialect.Draft4,
            BaseUri = _addresses.Of(name),
            // From draft 6 on, an empty list is allowed.
            StrictRequired = !definition.IsDraft2020,
        };
        var schema = JsonSchema.Compile(Encoding.UTF8.GetBytes(definition.Schema), _addresses.Registry, options, out var errors);
        foreach (var error in errors)
        {
            Report(name, error);
        }

        return new ValidationModel(schema);
    }

    private void Report(string name, SchemaError error)
    {
        // An error in a model that this one refers to begins with that model's address.
        var hash = error.Pointer.IndexOf('#', StringComparison.Ordinal);
        var owner = hash > 0 && _addresses.TryGetName(error.Pointer[..hash], out var other) ? other : name;
        var pointer = hash > 0 ? error.Pointer[(hash + 1)..] : error.Pointer;
        if (!_told.Add((owner, pointer, error.Rule)))
        {
            return;
        }

        var at = PlaceOf(owner, pointer);
        var message = $"Invalid model specified: Validation Result: warnings : [], errors : [Model '{owner}' at '{pointer}': {error.Rule}] {error.Cure}";
        if (_api.Profile == DefinitionProfile.Exact && IsAcceptedByTheService(pointer))
        {
            _errors.Warn(at, $"{message} Requests that need the model will fail with 500.");
        }
        else
        {
            _errors.Add(at, message);
        }
    }

    private DefinitionOrigin PlaceOf(string name, string pointer)
    {
        if (_definitions[name].Origin is not { } at)
        {
            return _origin.Child("Models").Child(name).Child("Schema");
        }

        if (!at.Path.StartsWith('$'))
        {
            return at.Child("Schema");
        }

        foreach (var token in pointer.Split('/').Skip(1))
        {
            at = at.Child(token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return at;
    }

    // Regular expressions are written for another engine, and sizes have no limit there: neither may stop a host. The rest is refused
    // there as well.
    private static bool IsAcceptedByTheService(string pointer) =>
        pointer.Length == 0 || pointer.EndsWith("/pattern", StringComparison.Ordinal) || pointer.EndsWith("/patternProperties", StringComparison.Ordinal);
}
