using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes <c>x-amazon-apigateway-integration</c>. What runs only in process has no place there.</summary>
internal static class IntegrationExporter
{
    public static DocumentNode? Write(IntegrationDefinition integration)
    {
        if (TypeOf(integration.Type) is not { } type)
        {
            return null;
        }

        var node = DocumentNode.NewObject()
            .With("type", type)
            .With("httpMethod", integration.IntegrationHttpMethod)
            .With("uri", integration.Uri)
            .With("credentials", integration.Credentials)
            .With("connectionType", integration.ConnectionType)
            .With("connectionId", integration.ConnectionId)
            .With("integrationTarget", integration.IntegrationTarget);
        if (integration.IntegrationResponses.Count > 0)
        {
            node.With("responses", WriteResponses(integration));
        }

        node.With("requestParameters", NodeValues.Map(integration.RequestParameters))
            .With("requestTemplates", NodeValues.Map(integration.RequestTemplates))
            .With("passthroughBehavior", NameOf(integration.PassthroughBehavior))
            .With("contentHandling", NameOf(integration.ContentHandling))
            .With("cacheNamespace", integration.CacheNamespace)
            .With("responseTransferMode", integration.StreamsResponse ? "STREAM" : null);
        if (integration.TimeoutInMillis is { } timeout)
        {
            node.With("timeoutInMillis", DocumentNode.OfNumber(timeout));
        }

        if (integration.CacheKeyParameters.Count > 0)
        {
            node.With("cacheKeyParameters", NodeValues.List(integration.CacheKeyParameters));
        }

        if (integration.InsecureSkipVerification)
        {
            node.With("tlsConfig", DocumentNode.NewObject().With("insecureSkipVerification", DocumentNode.OfFlag(true)));
        }

        return node;
    }

    private static DocumentNode WriteResponses(IntegrationDefinition integration)
    {
        var responses = DocumentNode.NewObject();
        foreach (var response in integration.IntegrationResponses)
        {
            responses.With(response.SelectionPattern ?? "default", DocumentNode.NewObject()
                .With("statusCode", response.StatusCode)
                .With("responseParameters", NodeValues.Map(response.ResponseParameters))
                .With("responseTemplates", NodeValues.Map(response.ResponseTemplates))
                .With("contentHandling", NameOf(response.ContentHandling)));
        }

        return responses;
    }

    private static string? TypeOf(IntegrationKind kind) => kind switch
    {
        IntegrationKind.Http => "http",
        IntegrationKind.HttpProxy => "http_proxy",
        IntegrationKind.Mock => "mock",
        IntegrationKind.Aws => "aws",
        IntegrationKind.AwsProxy => "aws_proxy",
        _ => null,
    };

    private static string NameOf(PassthroughBehavior behavior) => behavior switch
    {
        PassthroughBehavior.WhenNoTemplates => "when_no_templates",
        PassthroughBehavior.Never => "never",
        _ => "when_no_match",
    };

    private static string? NameOf(ContentHandling handling) => handling switch
    {
        ContentHandling.ConvertToText => "CONVERT_TO_TEXT",
        ContentHandling.ConvertToBinary => "CONVERT_TO_BINARY",
        _ => null,
    };
}
