using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads a section of the configuration, with everything below it, in one pass.</summary>
/// <remarks>
/// Configuration finds the children of one section by going through all keys there are, which takes seconds for thousands of routes.
/// This goes through the keys of each source once. What it cannot go through so is asked section by section.
/// </remarks>
internal sealed class SettingsTree
{
    private readonly HashSet<int> _contributors = [];

    private SettingsTree(string path) => Top = new SettingsNode(null, path);

    /// <summary>Gets the section.</summary>
    public SettingsNode Top { get; }

    /// <summary>Reads a section of a root whose sources are given, in their order.</summary>
    public static SettingsTree Read(IConfigurationSection section, IConfigurationRoot root, IReadOnlyList<IConfigurationProvider> providers)
    {
        var tree = new SettingsTree(section.Path);

        // The same token means the same root: the sources are those of the section. Otherwise the section is from another configuration.
        if (!ReferenceEquals(root.GetReloadToken(), section.GetReloadToken()))
        {
            tree.Walk(section, relativePath: "", providers);
            return tree;
        }

        for (var i = 0; i < providers.Count; i++)
        {
            if (providers[i] is ConfigurationProvider provider)
            {
                tree.Add(provider, i);
            }
            else if (providers[i] is not ChainedConfigurationProvider { Configuration: IConfigurationRoot })
            {
                // The sources of a chained root stand in the list themselves.
                tree.Walk(providers[i], relativePath: "", i);
            }
        }

        return tree;
    }

    /// <summary>Reads a section that is known to no source.</summary>
    public static SettingsTree Read(IConfigurationSection section)
    {
        var tree = new SettingsTree(section.Path);
        tree.Walk(section, relativePath: "", []);
        return tree;
    }

    /// <summary>Tells whether a source has anything in the section.</summary>
    public bool IsFrom(int provider) => _contributors.Contains(provider);

    private void Add(ConfigurationProvider provider, int number)
    {
        var prefix = Top.Key;
        var found = false;
        foreach (var key in DataOf(provider).Keys)
        {
            if (key.Length >= prefix.Length && key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && (key.Length == prefix.Length || key[prefix.Length] == ConfigurationPath.KeyDelimiter[0])
                && provider.TryGet(key, out var value))
            {
                found = true;
                Set(key.Length == prefix.Length ? [] : key.AsSpan(prefix.Length + 1), value, number);
            }
        }

        if (!found)
        {
            // A source of its own kind may keep its values elsewhere.
            Walk(provider, relativePath: "", number);
        }
    }

    private void Walk(IConfigurationProvider provider, string relativePath, int number)
    {
        var path = relativePath.Length == 0 ? Top.Key : ConfigurationPath.Combine(Top.Key, relativePath);
        if (provider.TryGet(path, out var value))
        {
            Set(relativePath, value, number);
        }

        foreach (var key in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Walk(provider, relativePath.Length == 0 ? key : ConfigurationPath.Combine(relativePath, key), number);
        }
    }

    private void Walk(IConfigurationSection section, string relativePath, IReadOnlyList<IConfigurationProvider> providers)
    {
        var children = section.GetChildren().ToList();
        if (section.Value is not null || (children.Count == 0 && relativePath.Length > 0))
        {
            Set(relativePath, section.Value, LastOf(providers, section.Path));
        }

        foreach (var child in children)
        {
            Walk(child, relativePath.Length == 0 ? child.Key : ConfigurationPath.Combine(relativePath, child.Key), providers);
        }
    }

    private void Set(ReadOnlySpan<char> relativePath, string? value, int provider)
    {
        _contributors.Add(provider);
        Top.Set(relativePath, value, provider);
    }

    private static int LastOf(IReadOnlyList<IConfigurationProvider> providers, string path)
    {
        for (var i = providers.Count - 1; i >= 0; i--)
        {
            if (providers[i].TryGet(path, out _))
            {
                return i;
            }
        }

        return -1;
    }

    // Protected, so a contract with those who derive; there is no public way to list the keys of a source at once.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Data")]
    private static extern IDictionary<string, string?> DataOf(ConfigurationProvider provider);
}
