using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Reads an integration of an HTTP API: <c>x-amazon-apigateway-integration</c>, or one that operations share.</summary>
internal sealed class HttpIntegrationImporter(ImportContext context)
{
    private static readonly string[] Ignored =
        ["requestTemplates", "responses", "cacheKeyParameters", "cacheNamespace", "contentHandling", "passthroughBehavior", "isDefaultIntegration"];

    /// <summary>Reads an integration, or gives <see langword="null"/> for one that HTTP APIs do not have.</summary>
    public IntegrationDefinition? Import(DocumentNode node)
    {
        if (ReadKind(node) is not { } kind)
        {
            return null;
        }

        var integration = new IntegrationDefinition(kind)
        {
            Origin = context.OriginOf(node),
            Uri = context.Text(node, "uri"),
            IntegrationHttpMethod = context.Text(node, "httpMethod"),
            IntegrationSubtype = context.Text(node, "integrationSubtype"),
            Credentials = context.Text(node, "credentials"),
            ConnectionType = context.Text(node, "connectionType")?.ToUpperInvariant(),
            ConnectionId = context.Text(node, "connectionId"),
            PayloadFormatVersion = Versions.Of(context.Text(node, "payloadFormatVersion")),
            TimeoutInMillis = context.Whole(node, "timeoutInMillis"),
            Description = context.Text(node, "description"),
            ServerNameToVerify = context.Object(node, "tlsConfig") is { } tls ? context.Text(tls, "serverNameToVerify") : null,
        };
        context.TextMap(node, "requestParameters", integration.RequestParameters);
        ReadResponseParameters(node, integration);
        if (integration.ConnectionType is not (null or "INTERNET" or "VPC_LINK"))
        {
            context.Error(node, $"'connectionType' must be INTERNET or VPC_LINK, but is '{integration.ConnectionType}'.");
        }

        TellOfOthers(node);
        return integration;
    }

    private IntegrationKind? ReadKind(DocumentNode node)
    {
        var type = context.Text(node, "type");
        switch (type?.ToUpperInvariant())
        {
            case "HTTP_PROXY":
                return IntegrationKind.HttpProxy;
            case "AWS_PROXY":
                return IntegrationKind.AwsProxy;
            case "HTTP" or "AWS" or "MOCK":
                context.Warn(
                    node, $"HTTP APIs have no integrations of type {type.ToUpperInvariant()}; the route answers 500. Use http_proxy or aws_proxy.");
                return null;
            default:
                context.Error(node, $"'type' of an integration of an HTTP API must be http_proxy or aws_proxy, but is '{type}'.");
                return null;
        }
    }

    // By status: a map of expressions, or a list as CloudFormation writes it.
    private void ReadResponseParameters(DocumentNode node, IntegrationDefinition integration)
    {
        if (context.Object(node, "responseParameters") is not { } statuses)
        {
            return;
        }

        foreach (var (status, written) in statuses.Members)
        {
            if (!written.IsObject)
            {
                context.Error(written, $"'{status}' must be an object of mappings, but is {ImportContext.Describe(written)}.");
                continue;
            }

            var mappings = new Dictionary<string, string>(StringComparer.Ordinal);
            if (written.Get("ResponseParameters") is { IsArray: true } list)
            {
                ReadList(list, mappings);
            }
            else
            {
                context.TextMap(statuses, status, mappings);
            }

            integration.ResponseParameters[status] = mappings;
        }
    }

    private void ReadList(DocumentNode list, Dictionary<string, string> mappings)
    {
        foreach (var item in list.Items)
        {
            if (item.IsObject && context.Text(item, "Destination") is { } destination && context.Text(item, "Source") is { } source)
            {
                mappings[destination] = source;
            }
            else
            {
                context.Error(item, "A mapping needs 'Destination' and 'Source'.");
            }
        }
    }

    private void TellOfOthers(DocumentNode node)
    {
        foreach (var (name, value) in node.Members)
        {
            if (Ignored.Contains(name))
            {
                context.Inform(value, $"Integrations of HTTP APIs do not have '{name}'; it is left out.");
            }
            else if (name is not ("type" or "httpMethod" or "uri" or "connectionType" or "connectionId" or "credentials" or "payloadFormatVersion"
                or "integrationSubtype" or "requestParameters" or "responseParameters" or "timeoutInMillis" or "tlsConfig" or "description"))
            {
                context.Warn(value, $"'{name}' is not known on an integration and left out.");
            }
        }
    }
}
