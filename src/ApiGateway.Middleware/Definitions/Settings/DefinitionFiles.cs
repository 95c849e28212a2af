using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>The files that settings name: documents, schemas, policies, templates. Knows when one of them changes.</summary>
/// <remarks>Used by one load at a time; changes are signalled from any thread.</remarks>
internal sealed class DefinitionFiles(string contentRoot) : IDisposable
{
    private const int MaxBytes = 6 << 20;

    private readonly Dictionary<string, PhysicalFileProvider> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IDisposable> _watched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private CancellationTokenSource _change = new();

    public IChangeToken GetReloadToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    public string FullPath(string path) => Path.GetFullPath(path, contentRoot);

    /// <summary>Gets what errors call a file.</summary>
    public string NameOf(string path)
    {
        var relative = Path.GetRelativePath(contentRoot, FullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? FullPath(path) : relative;
    }

    /// <summary>Begins a load: what it does not use is not watched any longer after <see cref="EndLoad"/>.</summary>
    public void BeginLoad() => _used.Clear();

    public void EndLoad()
    {
        foreach (var path in _watched.Keys.Where(path => !_used.Contains(path)).ToList())
        {
            _watched.Remove(path, out var registration);
            registration!.Dispose();
        }
    }

    /// <summary>Watches a file from now on; called before it is read, so that no change falls between the two.</summary>
    public void Watch(string path)
    {
        var full = FullPath(path);
        Watch(full, Path.GetDirectoryName(full)!, Path.GetFileName(full));
    }

    /// <summary>Watches the files of a folder from now on.</summary>
    public void WatchFolder(string path) => Watch($"{FullPath(path)}/*", FullPath(path), "*");

    /// <summary>Reads a text, or adds why it cannot be read.</summary>
    public string? ReadText(string path, DefinitionOrigin origin, DefinitionErrors errors)
    {
        Watch(path);
        try
        {
            using var file = new FileStream(FullPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length <= MaxBytes)
            {
                return new StreamReader(file).ReadToEnd();
            }

            errors.Add(origin, $"The file '{path}' has {file.Length} bytes, but may have {MaxBytes}.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(origin, $"The file '{path}' does not exist. Put it there, or correct the path, which is relative to the content root.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(origin, $"The file '{path}' cannot be read: {exception.Message}");
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var registration in _watched.Values)
        {
            registration.Dispose();
        }

        foreach (var folder in _folders.Values)
        {
            folder.Dispose();
        }

        _change.Dispose();
    }

    private void Watch(string name, string folder, string filter)
    {
        if (!_used.Add(name) || _watched.ContainsKey(name))
        {
            return;
        }

        if (!_folders.TryGetValue(folder, out var provider))
        {
            if (!Directory.Exists(folder))
            {
                return;
            }

            _folders[folder] = provider = new PhysicalFileProvider(folder, ExclusionFilters.None);
        }

        _watched[name] = ChangeToken.OnChange(() => provider.Watch(filter), Signal);
    }

    private void Signal() => Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
}
