using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes the extensions at the root of a document.</summary>
internal sealed class ExtensionExporter(RestApiDefinition api)
{
    public void Write(DocumentNode root)
    {
        if (api.RequestValidators.Count > 0)
        {
            root.With("x-amazon-apigateway-request-validators", WriteValidators());
        }

        if (api.GatewayResponses.Count > 0)
        {
            root.With("x-amazon-apigateway-gateway-responses", WriteGatewayResponses());
        }

        if (api.Policy is { } policy)
        {
            root.With("x-amazon-apigateway-policy", DocumentExporter.Parse(policy));
        }

        if (api.ApiKeySource == ApiKeySource.Authorizer)
        {
            root.With("x-amazon-apigateway-api-key-source", "AUTHORIZER");
        }

        if (api.MinimumCompressionSize is { } size)
        {
            root.With("x-amazon-apigateway-minimum-compression-size", DocumentNode.OfNumber(size));
        }

        if (api.BinaryMediaTypes.Count > 0)
        {
            root.With("x-amazon-apigateway-binary-media-types", NodeValues.List(api.BinaryMediaTypes));
        }

        foreach (var name in new[] { "x-amazon-apigateway-security-policy", "x-amazon-apigateway-endpoint-access-mode" })
        {
            if (api.Extensions.TryGetValue(name, out var json))
            {
                root.With(name, DocumentExporter.Parse(json));
            }
        }
    }

    private DocumentNode WriteValidators()
    {
        var validators = DocumentNode.NewObject();
        foreach (var (name, validator) in api.RequestValidators)
        {
            validators.With(name, DocumentNode.NewObject()
                .With("validateRequestParameters", DocumentNode.OfFlag(validator.ValidateRequestParameters))
                .With("validateRequestBody", DocumentNode.OfFlag(validator.ValidateRequestBody)));
        }

        return validators;
    }

    private DocumentNode WriteGatewayResponses()
    {
        var responses = DocumentNode.NewObject();
        foreach (var (type, response) in api.GatewayResponses)
        {
            responses.With(type.ToName(), DocumentNode.NewObject()
                .With("statusCode", response.StatusCode?.ToString(CultureInfo.InvariantCulture))
                .With("responseParameters", NodeValues.Map(response.ResponseParameters))
                .With("responseTemplates", NodeValues.Map(response.ResponseTemplates)));
        }

        return responses;
    }
}
