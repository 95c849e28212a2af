using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Reads the documents that settings name.</summary>
internal sealed class OpenApiDocumentReader(OpenApiDocumentLoader loader) : IDocumentReader
{
    public bool CanRead(string path) => OpenApiDocumentLoader.IsDocument(path);

    public ApiDefinition? Read(DocumentRequest request, DefinitionErrors errors)
    {
        var before = errors.Errors.Count;
        var options = loader.CreateOptions(options =>
        {
            options.ProtocolType = request.ProtocolType;
            ImportSettings.Apply(request, options, errors);
        });
        foreach (var path in request.MorePaths)
        {
            options.MoreDocuments.Add(path);
        }

        var api = loader.Load(request.Name, request.Path, options, errors);
        return errors.Errors.Count > before ? null : api;
    }
}
