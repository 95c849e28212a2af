using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads a route of an HTTP API.</summary>
internal sealed class RouteSettingsReader(SettingsSection section)
{
    public RouteDefinition Read()
    {
        var route = new RouteDefinition(section.Key)
        {
            Origin = section.Origin,
            OperationName = section.Text("OperationName"),
            AuthorizationType = section.Choice(
                "AuthorizationType", ("NONE", AuthorizationType.None), ("AWS_IAM", AuthorizationType.AwsIam),
                ("CUSTOM", AuthorizationType.Custom), ("JWT", AuthorizationType.Jwt)) ?? default,
            AuthorizerId = section.Text("AuthorizerId"),
            Target = section.Text("Target"),
            Integration = section.Has("Integration") ? new IntegrationSettingsReader(section.Child("Integration")).Read() : null,
        };
        section.Texts("AuthorizationScopes", route.AuthorizationScopes);
        RateLimitSettingsReader.Read(section, route.RateLimits);
        section.Lacks("HTTP APIs have no API keys", "ApiKeyRequired");
        section.Lacks("HTTP APIs do not validate requests", "RequestValidatorId", "RequestModels", "RequestParameters");
        section.Lacks("HTTP APIs do not declare responses", "MethodResponses");
        section.Lacks("HTTP APIs do not cache responses", "CacheMode", "Cache");
        section.RejectUnknown();
        return route;
    }
}
