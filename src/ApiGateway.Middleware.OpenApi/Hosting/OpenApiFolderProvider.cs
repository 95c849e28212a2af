using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>An API for each document of a folder.</summary>
internal sealed class OpenApiFolderProvider(OpenApiDocumentLoader loader, string path, Action<OpenApiImportOptions>? configure)
    : IDefinitionProvider, IDisposable
{
    private readonly FileWatch _watch = new();

    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        var folder = loader.FullPath(path);
        if (!Directory.Exists(folder))
        {
            errors.Add(
                new DefinitionOrigin(path, "$"), "The folder does not exist. Make it, or correct the path, which is relative to the content root.");
            return ValueTask.CompletedTask;
        }

        // In the order of names, so that ids and messages do not depend on the file system.
        foreach (var file in Directory.EnumerateFiles(folder).Where(OpenApiDocumentLoader.IsDocument).Order(StringComparer.Ordinal))
        {
            loader.LoadInto(definition, file, configure, errors);
        }

        return ValueTask.CompletedTask;
    }

    public IChangeToken GetReloadToken() => _watch.OnFolder(loader.FullPath(path));

    public void Dispose() => _watch.Dispose();
}
