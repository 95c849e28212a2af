using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the integration of a route.</summary>
internal sealed class IntegrationSettingsReader(SettingsSection section)
{
    /// <summary>Gets whether the integration is one of a WebSocket API.</summary>
    public bool IsOfMessages { get; init; }

    public IntegrationDefinition Read()
    {
        // The names of version 2 of the service are known beside those of version 1.
        var key = section.Has("IntegrationType") ? "IntegrationType" : "Type";
        var type = section.Choice(
            key, ("HTTP_PROXY", IntegrationKind.HttpProxy), ("HTTP", IntegrationKind.Http), ("MOCK", IntegrationKind.Mock),
            ("IN_PROCESS", IntegrationKind.InProcess), ("AWS_PROXY", IntegrationKind.AwsProxy), ("AWS", IntegrationKind.Aws));
        if (type is null && section.Text(key) is null)
        {
            section.Errors.Add(
                section.Origin.Child("Type"), "An integration needs a 'Type': HTTP_PROXY, HTTP, MOCK, IN_PROCESS, AWS_PROXY or AWS.");
        }

        var integration = new IntegrationDefinition(type ?? IntegrationKind.Mock)
        {
            Origin = section.Origin,
            Uri = section.Text("Uri") ?? section.Text("IntegrationUri"),
            IntegrationHttpMethod = section.Text("IntegrationHttpMethod") ?? section.Text("IntegrationMethod"),
            TimeoutInMillis = section.Number("TimeoutInMillis"),
            Handler = section.Text("Handler"),
            Streaming = section.Flag("Streaming"),
            HttpVersion = section.Text("HttpVersion"),
            InsecureSkipVerification = section.Flag("InsecureSkipVerification") ?? false,
            PassthroughBehavior = section.Choice(
                "PassthroughBehavior", ("WHEN_NO_MATCH", PassthroughBehavior.WhenNoMatch),
                ("WHEN_NO_TEMPLATES", PassthroughBehavior.WhenNoTemplates), ("NEVER", PassthroughBehavior.Never)) ?? default,
            ContentHandling = ReadContentHandling(section),
            Credentials = section.Text("Credentials") ?? section.Text("CredentialsArn"),
            ConnectionType = section.OneOf("ConnectionType", "INTERNET", "VPC_LINK"),
            ConnectionId = section.Text("ConnectionId"),
            IntegrationTarget = section.Text("IntegrationTarget"),
            CacheNamespace = section.Text("CacheNamespace"),
            StreamsResponse = section.OneOf("ResponseTransferMode", "BUFFERED", "STREAM") == "STREAM",
            PayloadFormatVersion = section.Text("PayloadFormatVersion"),
            IntegrationSubtype = section.Text("IntegrationSubtype"),
            ServerNameToVerify = section.Child("TlsConfig").Text("ServerNameToVerify"),
            Description = section.Text("Description"),
        };
        if (IsOfMessages)
        {
            integration.TemplateSelectionExpression = section.Text("TemplateSelectionExpression");
        }

        section.Texts("CacheKeyParameters", integration.CacheKeyParameters);
        section.Child("TlsConfig").RejectUnknown();
        section.ColonMap("RequestParameters", integration.RequestParameters);
        foreach (var status in section.Children("ResponseParameters"))
        {
            integration.ResponseParameters[status.Key] = ReadResponseParameters(status);
        }

        section.Templates("RequestTemplates", integration.RequestTemplates);
        foreach (var response in section.Children("IntegrationResponses"))
        {
            if (ReadResponse(response) is { } read)
            {
                integration.IntegrationResponses.Add(read);
            }
        }

        section.RejectUnknown();
        return integration;
    }

    private IntegrationResponseDefinition? ReadResponse(SettingsSection section)
    {
        if ((IsOfMessages ? "" : MethodSettingsReader.StatusOf(section)) is not { } status)
        {
            return null;
        }

        var response = new IntegrationResponseDefinition(status)
        {
            Origin = section.Origin,
            SelectionPattern = section.Text("SelectionPattern") is { Length: > 0 } pattern ? pattern : null,
            ContentHandling = ReadContentHandling(section),
        };
        if (IsOfMessages)
        {
            response.IntegrationResponseKey = section.Text("IntegrationResponseKey");
            response.TemplateSelectionExpression = section.Text("TemplateSelectionExpression");
            section.Lacks("Integration responses of WebSocket APIs have 'IntegrationResponseKey'", "StatusCode", "SelectionPattern");
        }

        section.Map("ResponseParameters", response.ResponseParameters);
        section.Templates("ResponseTemplates", response.ResponseTemplates);
        section.RejectUnknown();
        return response;
    }

    // As a map, or as CloudFormation has it: { "ResponseParameters": [ { "Destination": ..., "Source": ... } ] }.
    private static Dictionary<string, string> ReadResponseParameters(SettingsSection section)
    {
        const string List = "ResponseParameters";
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!section.Has(List))
        {
            section.ColonMapInto(parameters);
            return parameters;
        }

        foreach (var item in section.Children(List))
        {
            var (destination, source) = (item.Text("Destination"), item.Text("Source"));
            if (destination is null || source is null)
            {
                section.Errors.Add(item.Origin, "A response parameter needs a 'Destination' and a 'Source'.");
            }
            else
            {
                parameters[destination] = source;
            }

            item.RejectUnknown();
        }

        section.RejectUnknown();
        return parameters;
    }

    // The names of both versions of the service.
    private static ContentHandling ReadContentHandling(SettingsSection section) =>
        ReadContentHandling(section, "ContentHandling") ?? ReadContentHandling(section, "ContentHandlingStrategy") ?? default;

    private static ContentHandling? ReadContentHandling(SettingsSection section, string key) => section.Choice(
        key, ("CONVERT_TO_TEXT", ContentHandling.ConvertToText), ("CONVERT_TO_BINARY", ContentHandling.ConvertToBinary));
}
