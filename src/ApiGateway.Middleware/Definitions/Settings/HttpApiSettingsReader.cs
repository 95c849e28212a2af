namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an API of type <c>HTTP</c>, or what settings say about one that a document gave.</summary>
internal sealed class HttpApiSettingsReader(SettingsSection section)
{
    public HttpApiDefinition Read() => Apply(new HttpApiDefinition(section.Key) { Origin = section.Origin });

    /// <summary>Puts the settings over what is there already; a route replaces one of the same key as a whole.</summary>
    public HttpApiDefinition Apply(HttpApiDefinition api)
    {
        ApiSettingsReader.Apply(section, api);
        api.RouteSelectionExpression = section.Text("RouteSelectionExpression") ?? api.RouteSelectionExpression;
        foreach (var key in (ReadOnlySpan<string>)["CorsConfiguration", "Cors"])
        {
            api.CorsConfiguration = section.Has(key) ? ReadCors(section.Child(key)) : api.CorsConfiguration;
        }

        foreach (var integration in section.Children("Integrations"))
        {
            api.Integrations[integration.Key] = new IntegrationSettingsReader(integration).Read();
        }

        foreach (var authorizer in section.Children("Authorizers"))
        {
            api.Authorizers[authorizer.Key] = ReadAuthorizer(authorizer);
        }

        ReadRoutes(api);
        foreach (var stage in section.Children("Stages"))
        {
            api.Stages[stage.Key] = ReadStage(stage);
        }

        section.Lacks("HTTP APIs do not validate requests", "RequestValidators", "Models");
        section.Lacks("HTTP APIs have fixed error responses", "GatewayResponses");
        section.Lacks("HTTP APIs have no API keys", "ApiKeySource");
        section.Lacks("HTTP APIs have no resource policy", "Policy");
        section.Lacks("HTTP APIs do not cache responses", "Cache");
        section.Lacks("HTTP APIs pass bodies on as they are", "BinaryMediaTypes", "MinimumCompressionSize", "BrotliCompression");
        section.RejectUnknown();
        return api;
    }

    private void ReadRoutes(HttpApiDefinition api)
    {
        // Of the document alone: two keys in settings that mean one route are an error, which the compiler tells.
        var documented = api.Routes.Count;
        foreach (var item in section.Children("Routes"))
        {
            var route = new RouteSettingsReader(item).Read();
            var place = api.Routes.Take(documented).ToList().FindIndex(other => other.RouteKey == route.RouteKey);
            if (place < 0)
            {
                api.Routes.Add(route);
            }
            else
            {
                api.Routes[place] = route;
            }
        }
    }

    private static StageDefinition ReadStage(SettingsSection section)
    {
        var stage = ApiSettingsReader.ReadStage(section);
        RouteSettingReader.Apply(section, stage);
        section.Lacks("HTTP APIs have 'RouteSettings' and 'DefaultRouteSettings'", "MethodSettings");
        section.Lacks("HTTP APIs do not cache responses", "CacheClusterEnabled", "CacheClusterSize");
        section.RejectUnknown();
        return stage;
    }

    private static AuthorizerDefinition ReadAuthorizer(SettingsSection section)
    {
        var authorizer = new AuthorizerSettingsReader(section).Read();
        if (authorizer.JwtConfiguration is null && !AuthorizerSettingsReader.HasType(section))
        {
            // HTTP APIs know no tokens beside those.
            authorizer.Type = "REQUEST";
        }

        return authorizer;
    }

    private static HttpCorsDefinition ReadCors(SettingsSection section)
    {
        var cors = new HttpCorsDefinition { Origin = section.Origin };
        if (section.Value is { Length: > 0 } || section.IsList)
        {
            section.TextsInto(cors.AllowOrigins);
            return cors;
        }

        section.Texts("AllowOrigins", cors.AllowOrigins);
        section.Texts("AllowMethods", cors.AllowMethods);
        section.Texts("AllowHeaders", cors.AllowHeaders);
        section.Texts("ExposeHeaders", cors.ExposeHeaders);
        cors.MaxAge = section.Number("MaxAge");
        cors.AllowCredentials = section.Flag("AllowCredentials") ?? false;
        section.RejectUnknown();
        return cors;
    }
}
