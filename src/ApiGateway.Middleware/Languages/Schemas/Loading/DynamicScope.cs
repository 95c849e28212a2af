using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>What <c>$dynamicRef</c> finds on one way through the documents: the outermost schema of each anchor.</summary>
/// <remarks>
/// The way is known when a schema is compiled, so a schema is compiled once per scope and nothing is looked up later.
/// Scopes are shared: the same anchors give the same object.
/// </remarks>
internal sealed class DynamicScope
{
    private readonly Dictionary<string, DynamicScope> _extensions = [];
    private readonly Dictionary<string, JsonValue> _anchors;

    private DynamicScope(Dictionary<string, JsonValue> anchors) => _anchors = anchors;

    public static DynamicScope CreateEmpty() => new([]);

    public JsonValue? Find(string anchor) => _anchors.GetValueOrDefault(anchor);

    /// <summary>The scope after entering a resource.</summary>
    public DynamicScope Enter(string resource, Dictionary<string, JsonValue> anchorsOfResource)
    {
        if (anchorsOfResource.Keys.All(_anchors.ContainsKey))
        {
            return this;
        }

        if (!_extensions.TryGetValue(resource, out var extended))
        {
            var anchors = new Dictionary<string, JsonValue>(_anchors);
            foreach (var (name, schema) in anchorsOfResource)
            {
                anchors.TryAdd(name, schema);
            }

            extended = new DynamicScope(anchors);
            _extensions.Add(resource, extended);
        }

        return extended;
    }
}
