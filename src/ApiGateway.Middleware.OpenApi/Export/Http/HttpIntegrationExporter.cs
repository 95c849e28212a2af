using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export.Http;

/// <summary>Writes an integration of an HTTP API. What runs only in process has no place in a document.</summary>
internal static class HttpIntegrationExporter
{
    public static DocumentNode? Write(IntegrationDefinition integration)
    {
        if (integration.Type is not (IntegrationKind.HttpProxy or IntegrationKind.AwsProxy))
        {
            return null;
        }

        var node = DocumentNode.NewObject()
            .With("payloadFormatVersion", integration.PayloadFormatVersion)
            .With("type", integration.Type == IntegrationKind.HttpProxy ? "http_proxy" : "aws_proxy")
            .With("integrationSubtype", integration.IntegrationSubtype)
            .With("httpMethod", integration.IntegrationHttpMethod)
            .With("uri", integration.Uri)
            .With("connectionType", integration.ConnectionType)
            .With("connectionId", integration.ConnectionId)
            .With("credentials", integration.Credentials)
            .With("description", integration.Description)
            .With("requestParameters", NodeValues.Map(integration.RequestParameters));
        if (integration.ResponseParameters.Count > 0)
        {
            var statuses = DocumentNode.NewObject();
            foreach (var (status, mappings) in integration.ResponseParameters)
            {
                statuses.With(status, NodeValues.Map(mappings) ?? DocumentNode.NewObject());
            }

            node.With("responseParameters", statuses);
        }

        if (integration.TimeoutInMillis is { } timeout)
        {
            node.With("timeoutInMillis", DocumentNode.OfNumber(timeout));
        }

        return integration.ServerNameToVerify is { } name
            ? node.With("tlsConfig", DocumentNode.NewObject().With("serverNameToVerify", name))
            : node;
    }
}
