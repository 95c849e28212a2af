using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads <c>x-amazon-apigateway-integration</c>.</summary>
internal sealed class IntegrationImporter(ImportContext context)
{
    public const string Extension = "x-amazon-apigateway-integration";

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
            Credentials = context.Text(node, "credentials"),
            ConnectionType = context.Text(node, "connectionType")?.ToUpperInvariant()
                ?? (kind is IntegrationKind.Http or IntegrationKind.HttpProxy ? "INTERNET" : null),
            ConnectionId = context.Text(node, "connectionId"),
            IntegrationTarget = context.Text(node, "integrationTarget"),
            TimeoutInMillis = context.Whole(node, "timeoutInMillis"),
            CacheNamespace = context.Text(node, "cacheNamespace"),
            PassthroughBehavior = ReadPassthrough(node),
            ContentHandling = ReadContentHandling(node),
            StreamsResponse = ReadTransferMode(node),
            InsecureSkipVerification = context.Object(node, "tlsConfig") is { } tls && context.Flag(tls, "insecureSkipVerification") == true,
        };
        context.Texts(node, "cacheKeyParameters", integration.CacheKeyParameters);
        ReadParameters(node, "requestParameters", integration.RequestParameters);
        ReadTemplates(node, "requestTemplates", integration.RequestTemplates);
        ReadResponses(node, integration);
        CheckConnection(node, integration);
        return integration;
    }

    private IntegrationKind? ReadKind(DocumentNode node)
    {
        var type = context.Text(node, "type");
        switch (type?.ToUpperInvariant())
        {
            case "HTTP":
                return IntegrationKind.Http;
            case "HTTP_PROXY":
                return IntegrationKind.HttpProxy;
            case "AWS":
                return IntegrationKind.Aws;
            case "AWS_PROXY":
                return IntegrationKind.AwsProxy;
            case "MOCK":
                return IntegrationKind.Mock;
            default:
                if (type is not null || !node.Has("type"))
                {
                    context.Error(node, $"'type' of an integration must be http, http_proxy, aws, aws_proxy or mock, but is '{type}'.");
                }

                return null;
        }
    }

    private PassthroughBehavior ReadPassthrough(DocumentNode node)
    {
        var text = context.Text(node, "passthroughBehavior");
        switch (text?.ToUpperInvariant())
        {
            case null or "WHEN_NO_MATCH":
                return PassthroughBehavior.WhenNoMatch;
            case "WHEN_NO_TEMPLATES":
                return PassthroughBehavior.WhenNoTemplates;
            case "NEVER":
                return PassthroughBehavior.Never;
            default:
                context.Error(node, $"'passthroughBehavior' must be when_no_match, when_no_templates or never, but is '{text}'.");
                return default;
        }
    }

    private ContentHandling ReadContentHandling(DocumentNode node)
    {
        var text = context.Text(node, "contentHandling");
        switch (text?.ToUpperInvariant())
        {
            case null:
                return ContentHandling.None;
            case "CONVERT_TO_TEXT":
                return ContentHandling.ConvertToText;
            case "CONVERT_TO_BINARY":
                return ContentHandling.ConvertToBinary;
            default:
                context.Error(node, $"'contentHandling' must be CONVERT_TO_TEXT or CONVERT_TO_BINARY, but is '{text}'.");
                return default;
        }
    }

    private bool ReadTransferMode(DocumentNode node)
    {
        var text = context.Text(node, "responseTransferMode");
        if (text?.ToUpperInvariant() is not (null or "BUFFERED" or "STREAM"))
        {
            context.Error(node, $"'responseTransferMode' must be BUFFERED or STREAM, but is '{text}'.");
        }

        return string.Equals(text, "STREAM", StringComparison.OrdinalIgnoreCase);
    }

    private void ReadParameters(DocumentNode owner, string name, IDictionary<string, string> target)
    {
        foreach (var (key, value) in context.Object(owner, name)?.Members ?? [])
        {
            if (value.IsString)
            {
                target[key] = value.Text;
            }
            else
            {
                // Recorded, in this wording.
                var found = value.Kind is NodeKind.Boolean or NodeKind.Number ? value.Text : ImportContext.Describe(value);
                context.Error(
                    value, $"Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: {found}]");
            }
        }
    }

    private void ReadTemplates(DocumentNode owner, string name, IDictionary<string, string> target)
    {
        foreach (var (type, value) in context.Object(owner, name)?.Members ?? [])
        {
            if (type != "$default" && !type.Contains('/', StringComparison.Ordinal))
            {
                context.Error(value, $"Validation Result: warnings : [], errors : [Invalid content type specified: {type}]");
            }
            else if (context.TextOf(value, type) is { } template)
            {
                target[type] = template;
            }
        }
    }

    private void ReadResponses(DocumentNode node, IntegrationDefinition integration)
    {
        if (context.Object(node, "responses") is not { } responses)
        {
            return;
        }

        foreach (var (pattern, _) in responses.Members)
        {
            if (context.Object(responses, pattern) is not { } written)
            {
                continue;
            }

            if (context.Text(written, "statusCode") is not { } status)
            {
                context.Error(written, "An integration response needs 'statusCode', the status that the client gets.");
                continue;
            }

            var response = new IntegrationResponseDefinition(status)
            {
                Origin = context.OriginOf(written),
                SelectionPattern = pattern is "default" or "" ? null : pattern,
                ContentHandling = ReadContentHandling(written),
            };
            ReadParameters(written, "responseParameters", response.ResponseParameters);
            ReadTemplates(written, "responseTemplates", response.ResponseTemplates);
            integration.IntegrationResponses.Add(response);
        }
    }

    private void CheckConnection(DocumentNode node, IntegrationDefinition integration)
    {
        if (integration.ConnectionType is not (null or "INTERNET" or "VPC_LINK"))
        {
            context.Error(node, $"'connectionType' must be INTERNET or VPC_LINK, but is '{integration.ConnectionType}'.");
        }
    }
}
