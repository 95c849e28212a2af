using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an API of type <c>REST</c>, or what settings say about one that a document gave.</summary>
internal sealed class RestApiSettingsReader(SettingsSection section)
{
    public RestApiDefinition Read() => Apply(new RestApiDefinition(section.Key) { Origin = section.Origin });

    /// <summary>Puts the settings over what is there already; a route replaces a method as a whole.</summary>
    public RestApiDefinition Apply(RestApiDefinition api)
    {
        api.Id = section.Text("Id") ?? api.Id;
        api.Description = section.Text("Description") ?? api.Description;
        api.Version = section.Text("Version") ?? api.Version;
        api.BasePath = section.Text("BasePath")?.Replace("{name}", api.Name, StringComparison.Ordinal) ?? api.BasePath;
        api.DisableExecuteApiEndpoint = section.Flag("DisableExecuteApiEndpoint") ?? api.DisableExecuteApiEndpoint;
        api.HonorMethodOverride = section.Flag("HonorMethodOverride") ?? api.HonorMethodOverride;
        api.RefuseRepeatedOverrides = section.Flag("RefuseRepeatedOverrides") ?? api.RefuseRepeatedOverrides;
        api.ResponseIds = section.Flag("ResponseIds") ?? api.ResponseIds;
        api.HeaderProfile = section.Choice("HeaderProfile", ("Plain", HeaderProfile.Plain), ("Aws", HeaderProfile.Aws)) ?? api.HeaderProfile;
        api.ForwardedHeaders = section.Choice(
            "ForwardedHeaders", ("Append", ForwardedHeadersMode.Append), ("Off", ForwardedHeadersMode.Off)) ?? api.ForwardedHeaders;
        api.ErrorFormat = section.Choice(
            "ErrorFormat", ("Aws", ErrorFormat.Aws), ("ProblemDetails", ErrorFormat.ProblemDetails)) ?? api.ErrorFormat;
        api.CacheMode = section.Choice("CacheMode", ("Safe", CacheMode.Safe), ("Exact", CacheMode.Exact)) ?? api.CacheMode;
        api.Cache = section.Has("Cache") ? new CacheSettingsReader(section.Child("Cache")).Read() : api.Cache;
        section.Texts("Hosts", api.Hosts);
        RateLimitSettingsReader.Read(section, api.RateLimits);
        section.Known("ProtocolType", "Definition", "Import");
        new RestApiPartsSettingsReader(section).Apply(api);

        ReadRoutes(api);
        foreach (var stage in section.Children("Stages"))
        {
            api.Stages[stage.Key] = ReadStage(stage);
        }

        section.RejectUnknown();
        return api;
    }

    private void ReadRoutes(RestApiDefinition api)
    {
        // Of the document alone: two keys in settings that mean one method are an error, which the compiler tells.
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < api.Methods.Count; i++)
        {
            places[api.Methods[i].RouteKey] = i;
        }

        foreach (var route in section.Children("Routes"))
        {
            if (new MethodSettingsReader(route).Read() is not { } method)
            {
                continue;
            }

            if (places.Remove(method.RouteKey, out var place))
            {
                api.Methods[place] = method;
            }
            else
            {
                api.Methods.Add(method);
            }
        }
    }

    private static StageDefinition ReadStage(SettingsSection section)
    {
        var stage = new StageDefinition(section.Key)
        {
            Origin = section.Origin,
            Description = section.Text("Description"),
            CacheClusterEnabled = section.Flag("CacheClusterEnabled") ?? false,
            CacheClusterSize = section.Text("CacheClusterSize"),
            Cache = section.Has("Cache") ? new CacheSettingsReader(section.Child("Cache")).Read() : null,
        };
        section.Map("Variables", stage.Variables);
        RateLimitSettingsReader.Read(section, stage.RateLimits);
        foreach (var setting in section.Children("MethodSettings"))
        {
            stage.MethodSettings[setting.Key] = new MethodSettingDefinition
            {
                Origin = setting.Origin,
                ThrottlingRateLimit = setting.Fraction("ThrottlingRateLimit"),
                ThrottlingBurstLimit = setting.Number("ThrottlingBurstLimit"),
                CachingEnabled = setting.Flag("CachingEnabled") ?? false,
                CacheTtlInSeconds = setting.Number("CacheTtlInSeconds"),
                CacheDataEncrypted = setting.Flag("CacheDataEncrypted") ?? false,
                RequireAuthorizationForCacheControl = setting.Flag("RequireAuthorizationForCacheControl"),
                UnauthorizedCacheControlHeaderStrategy = setting.Choice(
                    "UnauthorizedCacheControlHeaderStrategy",
                    ("SUCCEED_WITH_RESPONSE_HEADER", UnauthorizedCacheControlStrategy.SucceedWithResponseHeader),
                    ("SUCCEED_WITHOUT_RESPONSE_HEADER", UnauthorizedCacheControlStrategy.SucceedWithoutResponseHeader),
                    ("FAIL_WITH_403", UnauthorizedCacheControlStrategy.FailWith403)) ?? default,
            };
            setting.RejectUnknown();
        }

        section.RejectUnknown();
        return stage;
    }
}
