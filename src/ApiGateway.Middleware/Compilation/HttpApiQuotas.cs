using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Tells where an HTTP API is larger than the managed service would have it. In process nothing comes of it.</summary>
/// <remarks>Source: "Quotas for configuring and running an HTTP API in API Gateway".</remarks>
internal static class HttpApiQuotas
{
    public static void Warn(HttpApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
    {
        Check("Routes", api.Routes.Count, 300);
        Check("Integrations", api.Integrations.Count, 300);
        Check("Stages", api.Stages.Count, 10);
        Check("Authorizers", api.Authorizers.Count, 10);
        var scopes = api.Routes.FirstOrDefault(static route => route.AuthorizationScopes.Count > 10);
        if (scopes is not null)
        {
            errors.Warn(
                (scopes.Origin ?? origin.Child("Routes").Child(scopes.RouteKey)).Child("AuthorizationScopes"),
                $"has {scopes.AuthorizationScopes.Count} scopes; Amazon API Gateway takes at most 10.");
        }

        void Check(string member, int count, int most)
        {
            if (count > most)
            {
                errors.Warn(origin.Child(member), $"API '{api.Name}' has {count}; Amazon API Gateway takes at most {most}.");
            }
        }
    }
}
