using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

/// <summary>Condition keys of a request, with their texts for the reference evaluator.</summary>
internal sealed class TestKeys : PolicyKeySource
{
    private readonly Dictionary<string, (PolicyValue Value, string[] Texts, bool IsMulti)> _values = new(StringComparer.OrdinalIgnoreCase);

    public override bool TryGet(PolicyKey key, out PolicyValue value)
    {
        var found = _values.TryGetValue(key.Name, out var entry);
        value = entry.Value;
        return found;
    }

    public TestKeys With(string name, string text) => With(name, PolicyValue.Of(text), text);

    public TestKeys With(string name, string[] texts)
    {
        _values[name] = (PolicyValue.Of(texts), texts, true);
        return this;
    }

    public TestKeys With(string name, PolicyValue value, string text = "")
    {
        _values[name] = (value, [text], false);
        return this;
    }

    public string[]? Texts(string name) => _values.TryGetValue(name, out var entry) ? entry.Texts : null;

    public bool IsMulti(string name) => _values.TryGetValue(name, out var entry) && entry.IsMulti;

    public override string ToString() =>
        string.Join("; ", _values.Select(static pair => $"{pair.Key}={string.Join('|', pair.Value.Texts)}"));
}
