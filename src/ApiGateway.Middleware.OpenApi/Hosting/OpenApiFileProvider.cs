using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>The API of one document, or of several that are imported into it.</summary>
internal sealed class OpenApiFileProvider(OpenApiDocumentLoader loader, string path, Action<OpenApiImportOptions>? configure)
    : IDefinitionProvider, IDisposable
{
    private readonly FileWatch _watch = new();

    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        loader.LoadInto(definition, path, configure, errors);
        return ValueTask.CompletedTask;
    }

    public IChangeToken GetReloadToken()
    {
        var files = loader.CreateOptions(configure).MoreDocuments.Prepend(path).Select(loader.FullPath);
        return _watch.OnFiles(files);
    }

    public void Dispose() => _watch.Dispose();
}
