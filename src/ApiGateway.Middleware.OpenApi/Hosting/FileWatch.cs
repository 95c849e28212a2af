using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Watches files for changes; one watcher per folder. Not for use by several threads at once.</summary>
internal sealed class FileWatch : IDisposable
{
    private readonly Dictionary<string, PhysicalFileProvider> _folders = new(StringComparer.Ordinal);

    public IChangeToken OnFiles(IEnumerable<string> paths) =>
        Any([.. paths.Select(path => Watch(Path.GetDirectoryName(path)!, Path.GetFileName(path)))]);

    public IChangeToken OnFolder(string path) => Watch(path, "*");

    public void Dispose()
    {
        foreach (var folder in _folders.Values)
        {
            folder.Dispose();
        }
    }

    private static IChangeToken Any(IReadOnlyList<IChangeToken> tokens) => tokens.Count == 1 ? tokens[0] : new CompositeChangeToken(tokens);

    private IChangeToken Watch(string folder, string filter)
    {
        if (!_folders.TryGetValue(folder, out var provider))
        {
            if (!Directory.Exists(folder))
            {
                return NullChangeToken.Singleton;
            }

            _folders[folder] = provider = new PhysicalFileProvider(folder, ExclusionFilters.None);
        }

        return provider.Watch(filter);
    }
}
