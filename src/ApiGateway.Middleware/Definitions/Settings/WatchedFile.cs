using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Knows whether the newest content of a configuration file could be read.</summary>
internal sealed class WatchedFile
{
    private readonly FileConfigurationProvider _provider;
    private readonly Lock _lock = new();
    private Exception? _pending;
    private Exception? _failure;
    private bool _contributed;

    public WatchedFile(FileConfigurationProvider provider)
    {
        _provider = provider;

        // A failed load calls the handler, and any load ends with the reload token: what is pending then belongs to that load.
        var host = provider.Source.OnLoadException;
        provider.Source.OnLoadException = context =>
        {
            host?.Invoke(context);
            if (ReferenceEquals(context.Provider, provider))
            {
                lock (_lock)
                {
                    _pending = context.Exception;
                }

                context.Ignore = true;
            }
        };
        ChangeToken.OnChange(provider.GetReloadToken, Loaded);
    }

    public string Name => SettingsSource.NameOf(_provider);

    /// <summary>Gets what is wrong with the file, or <see langword="null"/>.</summary>
    public string? Failure
    {
        get
        {
            lock (_lock)
            {
                if (_failure is { } failure)
                {
                    return $"could not be read: {failure.GetBaseException().Message}";
                }

                return _contributed && _provider.Source is { FileProvider: { } files, Path: { } path } && !files.GetFileInfo(path).Exists
                    ? "is gone. Put it back, or restart the host without it."
                    : null;
            }
        }
    }

    /// <summary>Remembers, after a good load, whether the file took part in it.</summary>
    public void Accept(bool contributed)
    {
        lock (_lock)
        {
            _contributed = contributed;
        }
    }

    private void Loaded()
    {
        lock (_lock)
        {
            (_failure, _pending) = (_pending, null);
        }
    }
}
