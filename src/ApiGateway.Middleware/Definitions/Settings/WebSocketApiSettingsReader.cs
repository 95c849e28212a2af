using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an API of type <c>WEBSOCKET</c>.</summary>
internal sealed class WebSocketApiSettingsReader(SettingsSection section)
{
    public WebSocketApiDefinition Read()
    {
        var api = new WebSocketApiDefinition(section.Key) { Origin = section.Origin };
        ApiSettingsReader.Apply(section, api);
        api.RouteSelectionExpression = section.Text("RouteSelectionExpression");
        api.ApiKeySelectionExpression = section.Text("ApiKeySelectionExpression");
        api.DisableSchemaValidation = section.Flag("DisableSchemaValidation") ?? false;
        if (section.Has("Connections"))
        {
            ReadConnections(section.Child("Connections"), api.Connections);
        }

        section.Map("Tags", api.Tags);
        section.Map("Extensions", api.Extensions);
        foreach (var integration in section.Children("Integrations"))
        {
            api.Integrations[integration.Key] = new IntegrationSettingsReader(integration) { IsOfMessages = true }.Read();
        }

        foreach (var model in section.Children("Models"))
        {
            if (new ModelSettingsReader(model).Read() is { } read)
            {
                api.Models[read.Name] = read;
            }
        }

        foreach (var item in section.Children("Authorizers"))
        {
            var authorizer = new AuthorizerSettingsReader(item).Read();
            authorizer.Type = AuthorizerSettingsReader.HasType(item) || authorizer.JwtConfiguration is not null ? authorizer.Type : "REQUEST";
            api.Authorizers[item.Key] = authorizer;
        }

        foreach (var route in section.Children("Routes"))
        {
            api.Routes.Add(new MessageRouteSettingsReader(route).Read());
        }

        foreach (var stage in section.Children("Stages"))
        {
            api.Stages[stage.Key] = ReadStage(stage);
        }

        section.Lacks("WebSocket APIs answer no requests of browsers from other origins: connections are open to all, and '$connect' sees their 'Origin'", "CorsConfiguration", "Cors");
        section.Lacks("WebSocket APIs have no quick create; add a route '$default'", "Target");
        section.Lacks("WebSocket APIs validate messages by the 'RequestModels' of routes", "RequestValidators");
        section.Lacks("WebSocket APIs have fixed error responses", "GatewayResponses");
        section.Lacks("WebSocket APIs have 'ApiKeySelectionExpression'", "ApiKeySource");
        section.Lacks("WebSocket APIs have no resource policy", "Policy");
        section.Lacks("WebSocket APIs do not cache answers", "Cache");
        section.Lacks("WebSocket APIs have 'ContentHandling' of integrations", "BinaryMediaTypes");
        section.Lacks("Messages are not compressed", "MinimumCompressionSize", "BrotliCompression");
        section.RejectUnknown();
        return api;
    }

    private static void ReadConnections(SettingsSection section, ConnectionsAccessDefinition access)
    {
        access.Origin = section.Origin;
        access.Enabled = section.Flag("Enabled") ?? access.Enabled;
        access.AuthorizationType = section.Choice(
            "AuthorizationType", ("NONE", AuthorizationType.None), ("AWS_IAM", AuthorizationType.AwsIam), ("CUSTOM", AuthorizationType.Custom))
            ?? access.AuthorizationType;
        access.AuthorizerId = section.Text("AuthorizerId");
        section.RejectUnknown();
    }

    private static StageDefinition ReadStage(SettingsSection section)
    {
        var stage = ApiSettingsReader.ReadStage(section);
        RouteSettingReader.Apply(section, stage);
        if (section.Has("ClientCertificateId"))
        {
            section.Errors.Warn(section.Child("ClientCertificateId").Origin, "Backends get no client certificate.");
        }

        section.Known("ClientCertificateId");
        section.Lacks("WebSocket APIs have 'RouteSettings' and 'DefaultRouteSettings'", "MethodSettings");
        section.Lacks("WebSocket APIs do not cache answers", "CacheClusterEnabled", "CacheClusterSize", "Cache");
        section.RejectUnknown();
        return stage;
    }
}
