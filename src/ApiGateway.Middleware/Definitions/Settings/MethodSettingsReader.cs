using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads a route: the method of a resource.</summary>
internal sealed class MethodSettingsReader(SettingsSection section)
{
    public MethodDefinition? Read()
    {
        if (!RouteKey.TryParse(section.Key, out var httpMethod, out var path))
        {
            section.Errors.Add(section.Origin, $"A route's key is 'METHOD /path', such as 'GET /orders/{{id}}', but is '{section.Key}'.");
            return null;
        }

        var method = new MethodDefinition(httpMethod, path)
        {
            Origin = section.Origin,
            OperationName = section.Text("OperationName"),
            AuthorizationType = section.Choice(
                "AuthorizationType", ("NONE", AuthorizationType.None), ("AWS_IAM", AuthorizationType.AwsIam),
                ("CUSTOM", AuthorizationType.Custom), ("COGNITO_USER_POOLS", AuthorizationType.CognitoUserPools)) ?? default,
            AuthorizerId = section.Text("AuthorizerId"),
            ApiKeyRequired = section.Flag("ApiKeyRequired") ?? false,
            RequestValidatorId = section.Text("RequestValidatorId"),
            Integration = section.Has("Integration") ? new IntegrationSettingsReader(section.Child("Integration")).Read() : null,
        };
        section.Texts("AuthorizationScopes", method.AuthorizationScopes);
        section.FlagMap("RequestParameters", method.RequestParameters);
        section.Map("RequestModels", method.RequestModels);
        RateLimitSettingsReader.Read(section, method.RateLimits);
        foreach (var response in section.Children("MethodResponses"))
        {
            if (ReadResponse(response) is { } read)
            {
                method.MethodResponses[read.StatusCode] = read;
            }
        }

        section.RejectUnknown();
        return method;
    }

    /// <summary>Gets the status of a response: its member <c>StatusCode</c>, or its key.</summary>
    public static string? StatusOf(SettingsSection response)
    {
        var status = response.Text("StatusCode") ?? response.Key;
        if (status is [>= '1' and <= '5', >= '0' and <= '9', >= '0' and <= '9'])
        {
            return status;
        }

        response.Errors.Add(
            response.Origin, $"A response needs a status from 100 to 599, as its key or as 'StatusCode', but has '{status}'.");
        return null;
    }

    private static MethodResponseDefinition? ReadResponse(SettingsSection section)
    {
        if (StatusOf(section) is not { } status)
        {
            return null;
        }

        var response = new MethodResponseDefinition(status) { Origin = section.Origin, Description = section.Text("Description") };
        section.FlagMap("ResponseParameters", response.ResponseParameters);
        section.Map("ResponseModels", response.ResponseModels);
        section.RejectUnknown();
        return response;
    }
}
