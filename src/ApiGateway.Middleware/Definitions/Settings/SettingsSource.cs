using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>The configuration section that the gateway reads, and the health of the files behind it.</summary>
/// <remarks>
/// A configuration file that is caught half written, or removed, leaves an empty configuration behind. This class sees the failure
/// of the file itself, so that the gateway can tell it from a definition that was meant to be empty.
/// </remarks>
internal sealed class SettingsSource
{
    private readonly List<(int Provider, WatchedFile File)> _files = [];
    private readonly IConfiguration? _root;
    private readonly List<IConfigurationProvider> _providers;

    /// <summary>Initializes a new instance of the <see cref="SettingsSource"/> class.</summary>
    /// <param name="section">The gateway's section.</param>
    /// <param name="root">The configuration that the section is part of, to know its files by.</param>
    /// <param name="foreignKeys">The keys of the section that are no definitions and are read elsewhere.</param>
    public SettingsSource(IConfigurationSection section, IConfiguration? root, string[] foreignKeys)
    {
        Section = section;
        _root = root;
        ForeignKeys = foreignKeys;
        var providers = new List<IConfigurationProvider>();
        Collect(root, providers);
        _providers = providers;
        for (var i = 0; i < providers.Count; i++)
        {
            if (providers[i] is FileConfigurationProvider file)
            {
                _files.Add((i, new WatchedFile(file)));
            }
        }
    }

    public IConfigurationSection Section { get; }

    public string[] ForeignKeys { get; }

    public IChangeToken GetReloadToken() => Section.GetReloadToken();

    /// <summary>Adds the files that could not be read.</summary>
    public void AddFailures(DefinitionErrors errors)
    {
        foreach (var (_, file) in _files)
        {
            if (file.Failure is { } failure)
            {
                errors.Add(new DefinitionOrigin(file.Name, ""), failure);
            }
        }
    }

    /// <summary>Reads the section as it is now.</summary>
    public SettingsTree Read()
    {
        // Sources can be added as long as the application is built.
        var now = new List<IConfigurationProvider>();
        Collect(_root, now);
        return _root is IConfigurationRoot root && now.SequenceEqual(_providers)
            ? SettingsTree.Read(Section, root, _providers)
            : SettingsTree.Read(Section);
    }

    /// <summary>Gets the file, or other source, of a provider.</summary>
    public DefinitionOrigin OriginAt(int provider, string path) =>
        new(provider < 0 ? "configuration" : NameOf(_providers[provider]), path);

    /// <summary>Remembers, after a good load, which files took part in it.</summary>
    /// <param name="tree">What was loaded.</param>
    public void Accept(SettingsTree tree)
    {
        foreach (var (provider, file) in _files)
        {
            file.Accept(tree.IsFrom(provider));
        }
    }

    internal static string NameOf(IConfigurationProvider provider) => provider is FileConfigurationProvider { Source.Path: { } path }
        ? path
        : provider.GetType().Name.Replace("ConfigurationProvider", "", StringComparison.Ordinal);

    private static void Collect(IConfiguration? configuration, List<IConfigurationProvider> providers)
    {
        if (configuration is not IConfigurationRoot root)
        {
            return;
        }

        foreach (var provider in root.Providers)
        {
            providers.Add(provider);
            if (provider is ChainedConfigurationProvider chained)
            {
                Collect(chained.Configuration, providers);
            }
        }
    }
}
