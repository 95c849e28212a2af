using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The addresses <c>https://apigateway.amazonaws.com/restapis/{apiId}/models/{Name}</c> by which models refer to each other.</summary>
/// <remarks>
/// A definition that was written for another API keeps that one's id in its references, and names may be percent-encoded in more
/// than one way. So each reference that occurs counts by the model it names; an id is no way to the models of other APIs.
/// </remarks>
internal sealed class ValidationModelAddresses
{
    private const string Host = "https://apigateway.amazonaws.com/restapis/";
    private const string Folder = "/models/";
    private const int MaxDepth = 512;

    private readonly string _apiId;
    private readonly IReadOnlyDictionary<string, ModelDefinition> _models;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public ValidationModelAddresses(string apiId, IReadOnlyDictionary<string, ModelDefinition> models)
    {
        _apiId = apiId;
        _models = models;
        foreach (var (name, model) in models)
        {
            var text = Encoding.UTF8.GetBytes(model.Schema);
            Add(Of(name), name, text);
            AddReferencesOf(text);
        }
    }

    public SchemaRegistry Registry { get; } = new();

    public Uri Of(string name) => new($"{Host}{_apiId}{Folder}{Uri.EscapeDataString(name)}");

    /// <summary>Finds the model at an address, which has no fragment.</summary>
    public bool TryGetName(string address, out string name) => _names.TryGetValue(address, out name!);

    private void Add(Uri address, string name, byte[] schema)
    {
        Registry.Add(address, schema);
        _names[address.AbsoluteUri] = name;
    }

    private void AddReferencesOf(byte[] schema)
    {
        var reader = new Utf8JsonReader(schema, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("$ref"u8)
                    && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    AddReference(reader.GetString()!);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The schema is no JSON, which its compilation tells.
        }
    }

    private void AddReference(string reference)
    {
        var folder = reference.StartsWith(Host, StringComparison.Ordinal) ? reference.IndexOf(Folder, Host.Length, StringComparison.Ordinal) : -1;
        if (folder < 0)
        {
            return;
        }

        var address = reference.Split('#')[0];
        var name = Uri.UnescapeDataString(address[(folder + Folder.Length)..]);
        if (_models.TryGetValue(name, out var model) && Uri.TryCreate(address, UriKind.Absolute, out var uri) && !_names.ContainsKey(uri.AbsoluteUri))
        {
            Add(uri, name, Encoding.UTF8.GetBytes(model.Schema));
        }
    }
}
