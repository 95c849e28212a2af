using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads a route of a WebSocket API.</summary>
internal sealed class MessageRouteSettingsReader(SettingsSection section)
{
    public RouteDefinition Read()
    {
        var route = new RouteDefinition(section.Key)
        {
            Origin = section.Origin,
            OperationName = section.Text("OperationName"),
            AuthorizationType = section.Choice(
                "AuthorizationType", ("NONE", AuthorizationType.None), ("AWS_IAM", AuthorizationType.AwsIam), ("CUSTOM", AuthorizationType.Custom)) ?? default,
            AuthorizerId = section.Text("AuthorizerId"),
            ApiKeyRequired = section.Flag("ApiKeyRequired") ?? false,
            Target = section.Text("Target"),
            Integration = section.Has("Integration") ? new IntegrationSettingsReader(section.Child("Integration")) { IsOfMessages = true }.Read() : null,
            ModelSelectionExpression = section.Text("ModelSelectionExpression"),
            RouteResponseSelectionExpression = section.Text("RouteResponseSelectionExpression"),
        };
        section.Map("RequestModels", route.RequestModels);
        RateLimitSettingsReader.Read(section, route.RateLimits);
        section.FlagMap("RequestParameters", route.RequestParameters);
        foreach (var response in section.Children("RouteResponses"))
        {
            route.RouteResponses[response.Key] = ReadResponse(response);
        }

        section.Lacks("WebSocket APIs have no JWT authorizers", "AuthorizationScopes");
        section.Lacks("WebSocket APIs validate messages by 'RequestModels'", "RequestValidatorId");
        section.Lacks("WebSocket APIs have 'RouteResponses'", "MethodResponses");
        section.Lacks("WebSocket APIs do not cache answers", "CacheMode", "Cache");
        section.RejectUnknown();
        return route;
    }

    private static RouteResponseDefinition ReadResponse(SettingsSection section)
    {
        var response = new RouteResponseDefinition(section.Key)
        {
            Origin = section.Origin,
            ModelSelectionExpression = section.Text("ModelSelectionExpression"),
        };
        section.Map("ResponseModels", response.ResponseModels);
        section.FlagMap("ResponseParameters", response.ResponseParameters);
        section.RejectUnknown();
        return response;
    }
}
