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
    private readonly List<WatchedFile> _files = [];
    private readonly List<IConfigurationProvider> _providers;

    /// <summary>Initializes a new instance of the <see cref="SettingsSource"/> class.</summary>
    /// <param name="section">The gateway's section.</param>
    /// <param name="root">The configuration that the section is part of, to know its files by.</param>
    /// <param name="foreignKeys">The keys of the section that are no definitions and are read elsewhere.</param>
    public SettingsSource(IConfigurationSection section, IConfiguration? root, string[] foreignKeys)
    {
        Section = section;
        ForeignKeys = foreignKeys;
        var providers = new List<IConfigurationProvider>();
        Collect(root, providers);
        _providers = providers;
        foreach (var provider in providers)
        {
            if (provider is FileConfigurationProvider file)
            {
                _files.Add(new WatchedFile(file, section.Path));
            }
        }
    }

    public IConfigurationSection Section { get; }

    public string[] ForeignKeys { get; }

    public IChangeToken GetReloadToken() => Section.GetReloadToken();

    /// <summary>Adds the files that could not be read.</summary>
    public void AddFailures(DefinitionErrors errors)
    {
        foreach (var file in _files)
        {
            if (file.Failure is { } failure)
            {
                errors.Add(new DefinitionOrigin(file.Name, ""), failure);
            }
        }
    }

    /// <summary>Gets the number of the last provider that has the section itself, or -1.</summary>
    public int ProviderOf(IConfigurationSection section)
    {
        for (var i = _providers.Count - 1; i >= 0; i--)
        {
            if (_providers[i].TryGet(section.Path, out _))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Gets the file, or other source, of a provider.</summary>
    public DefinitionOrigin OriginAt(int provider, string path) =>
        new(provider < 0 ? "configuration" : NameOf(_providers[provider]), path);

    /// <summary>Remembers, after a good load, which files took part in it.</summary>
    public void Accept()
    {
        foreach (var file in _files)
        {
            file.Accept();
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
