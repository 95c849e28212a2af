using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes methods as operations.</summary>
internal sealed class PathsExporter(RestApiDefinition api, OpenApiExportOptions options, SecurityExporter security)
{
    private const string RequestPrefix = "method.request.";
    private const string ResponseHeaderPrefix = "method.response.header.";

    private bool IsSwagger => options.Format == OpenApiFormat.Swagger20;

    private bool WithIntegrations => options.Parts.HasFlag(OpenApiExportParts.Integrations);

    public DocumentNode Write()
    {
        var paths = DocumentNode.NewObject();
        foreach (var method in api.Methods)
        {
            if (paths.Get(method.ResourcePath) is not { } item)
            {
                paths.With(method.ResourcePath, item = DocumentNode.NewObject());
            }

            item.With(method.HttpMethod == "ANY" ? "x-amazon-apigateway-any-method" : method.HttpMethod.ToLowerInvariant(), WriteOperation(method));
        }

        return paths;
    }

    private DocumentNode WriteOperation(MethodDefinition method)
    {
        var operation = DocumentNode.NewObject().With("operationId", method.OperationName);
        if (IsSwagger)
        {
            operation.With("consumes", TypesOf(method.RequestModels))
                .With("produces", TypesOf(method.MethodResponses.Values.SelectMany(static response => response.ResponseModels)));
        }

        operation.With("parameters", WriteParameters(method));
        if (!IsSwagger && method.RequestModels.Count > 0)
        {
            operation.With("requestBody", DocumentNode.NewObject()
                .With("content", WriteContent(method.RequestModels)).With("required", DocumentNode.OfFlag(true)));
        }

        operation.With("responses", WriteResponses(method)).With("security", security.Write(method));
        if (WithIntegrations)
        {
            operation.With("x-amazon-apigateway-request-validator", method.RequestValidatorId)
                .With(IntegrationImporter.Extension, method.Integration is { } integration ? IntegrationExporter.Write(integration) : null);
        }

        return operation;
    }

    private static DocumentNode? TypesOf(IEnumerable<KeyValuePair<string, string>> models)
    {
        var types = models.Select(static model => model.Key).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return types.Count == 0 ? null : NodeValues.List(types);
    }

    private DocumentNode? WriteParameters(MethodDefinition method)
    {
        var parameters = DocumentNode.NewArray();
        foreach (var (key, isRequired) in method.RequestParameters)
        {
            var name = key.StartsWith(RequestPrefix, StringComparison.Ordinal) ? key[RequestPrefix.Length..] : key;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                continue;
            }

            var location = name[..dot] == "querystring" ? "query" : name[..dot];
            var parameter = DocumentNode.NewObject().With("name", name[(dot + 1)..]).With("in", location);
            if (isRequired || location == "path")
            {
                parameter.With("required", DocumentNode.OfFlag(true));
            }

            WriteTextType(parameter);
            parameters.Add(parameter);
        }

        // OpenAPI 2.0 has one schema for all media types.
        if (IsSwagger && method.RequestModels.Count > 0)
        {
            var model = method.RequestModels.First().Value;
            parameters.Add(DocumentNode.NewObject()
                .With("in", "body").With("name", model).With("required", DocumentNode.OfFlag(true))
                .With("schema", ModelExporter.Reference(model, IsSwagger)));
        }

        return parameters.Items.Count == 0 ? null : parameters;
    }

    private void WriteTextType(DocumentNode owner)
    {
        if (IsSwagger)
        {
            owner.With("type", "string");
        }
        else
        {
            owner.With("schema", DocumentNode.NewObject().With("type", "string"));
        }
    }

    private DocumentNode WriteResponses(MethodDefinition method)
    {
        var responses = DocumentNode.NewObject();
        foreach (var (status, response) in method.MethodResponses)
        {
            var written = DocumentNode.NewObject()
                .With("description", response.Description ?? ResponseImporter.DefaultDescription(status));
            if (IsSwagger && response.ResponseModels.Count > 0)
            {
                written.With("schema", ModelExporter.Reference(response.ResponseModels.First().Value, IsSwagger));
            }

            if (response.ResponseParameters.Count > 0)
            {
                written.With("headers", WriteHeaders(response));
            }

            if (!IsSwagger)
            {
                written.With("content", WriteContent(response.ResponseModels));
            }

            responses.With(status, written);
        }

        return responses;
    }

    private DocumentNode WriteHeaders(MethodResponseDefinition response)
    {
        var headers = DocumentNode.NewObject();
        foreach (var (key, _) in response.ResponseParameters)
        {
            var header = DocumentNode.NewObject();
            WriteTextType(header);
            headers.With(key.StartsWith(ResponseHeaderPrefix, StringComparison.Ordinal) ? key[ResponseHeaderPrefix.Length..] : key, header);
        }

        return headers;
    }

    private DocumentNode WriteContent(IDictionary<string, string> models)
    {
        var content = DocumentNode.NewObject();
        foreach (var (type, model) in models)
        {
            content.With(type, DocumentNode.NewObject().With("schema", ModelExporter.Reference(model, IsSwagger)));
        }

        return content;
    }
}
