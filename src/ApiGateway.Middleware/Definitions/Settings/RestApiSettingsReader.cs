using ApiGateway.Middleware.Contracts;
namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an API of type <c>REST</c>, or what settings say about one that a document gave.</summary>
internal sealed class RestApiSettingsReader(SettingsSection section)
{
    public RestApiDefinition Read() => Apply(new RestApiDefinition(section.Key) { Origin = section.Origin });

    /// <summary>Puts the settings over what is there already; a route replaces a method as a whole.</summary>
    public RestApiDefinition Apply(RestApiDefinition api)
    {
        ApiSettingsReader.Apply(section, api);
        api.HonorMethodOverride = section.Flag("HonorMethodOverride") ?? api.HonorMethodOverride;
        api.RefuseRepeatedOverrides = section.Flag("RefuseRepeatedOverrides") ?? api.RefuseRepeatedOverrides;
        api.CacheMode = section.Choice("CacheMode", ("Safe", CacheMode.Safe), ("Exact", CacheMode.Exact)) ?? api.CacheMode;
        api.Cache = section.Has("Cache") ? new CacheSettingsReader(section.Child("Cache")).Read() : api.Cache;
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
        var stage = ApiSettingsReader.ReadStage(section);
        stage.CacheClusterEnabled = section.Flag("CacheClusterEnabled") ?? false;
        stage.CacheClusterSize = section.Text("CacheClusterSize");
        stage.Cache = section.Has("Cache") ? new CacheSettingsReader(section.Child("Cache")).Read() : null;
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
