using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>A key of the configuration with all that is below it, read once.</summary>
internal sealed class SettingsNode(SettingsNode? parent, string key)
{
    private Dictionary<string, SettingsNode>? _byKey;
    private SettingsNode[]? _children;
    private int _valueProvider = -1;
    private int _lastProvider = -1;

    public string Key { get; } = key;

    /// <summary>Gets the path from the root of the configuration.</summary>
    public string Path => parent is null ? Key : $"{parent.Path}{ConfigurationPath.KeyDelimiter}{Key}";

    /// <summary>Gets the value itself, if the key is no object.</summary>
    public string? Value { get; private set; }

    /// <summary>Gets the number of the last source that has the value, or else anything below the key; -1 for none.</summary>
    public int Provider => Value is null ? _lastProvider : _valueProvider;

    /// <summary>Gets what is below, in the order in which configuration lists it.</summary>
    public IReadOnlyList<SettingsNode> Children => _children ??= Sort();

    public SettingsNode? Find(string key) => _byKey is not null && _byKey.TryGetValue(key, out var child) ? child : null;

    /// <summary>Makes a node for a key that is not there; it is not listed.</summary>
    public SettingsNode Missing(string key) => new(this, key) { _lastProvider = Provider };

    /// <summary>Puts a value of a source at a path below this node. A later source replaces an earlier one's.</summary>
    public void Set(ReadOnlySpan<char> path, string? value, int provider)
    {
        var node = this;
        node._lastProvider = Math.Max(node._lastProvider, provider);
        while (!path.IsEmpty)
        {
            var end = path.IndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
            node = node.FindOrAdd(end < 0 ? path : path[..end]);
            node._lastProvider = Math.Max(node._lastProvider, provider);
            path = end < 0 ? [] : path[(end + 1)..];
        }

        node.Value = value;
        node._valueProvider = provider;
    }

    private SettingsNode FindOrAdd(ReadOnlySpan<char> key)
    {
        _byKey ??= new Dictionary<string, SettingsNode>(StringComparer.OrdinalIgnoreCase);
        var byKey = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byKey.TryGetValue(key, out var child))
        {
            child = new SettingsNode(this, key.ToString());
            _byKey.Add(child.Key, child);
            _children = null;
        }

        return child;
    }

    private SettingsNode[] Sort()
    {
        if (_byKey is null)
        {
            return [];
        }

        SettingsNode[] children = [.. _byKey.Values];
        Array.Sort(children, static (a, b) => ConfigurationKeyComparer.Instance.Compare(a.Key, b.Key));
        return children;
    }
}
