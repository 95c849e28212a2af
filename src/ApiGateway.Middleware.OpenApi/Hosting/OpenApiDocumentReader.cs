using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Reads the documents that settings name.</summary>
internal sealed class OpenApiDocumentReader(OpenApiDocumentLoader loader) : IDocumentReader
{
    public bool CanRead(string path) => OpenApiDocumentLoader.IsDocument(path);

    public RestApiDefinition? Read(string name, string path, DefinitionErrors errors)
    {
        var options = loader.CreateOptions(configure: null);
        return loader.Load(name, path, options, errors);
    }
}
