using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an API of type <c>REST</c>.</summary>
internal sealed class RestApiSettingsReader(SettingsSection section)
{
    public RestApiDefinition Read()
    {
        var api = new RestApiDefinition(section.Key)
        {
            Origin = section.Origin,
            Id = section.Text("Id"),
            Description = section.Text("Description"),
            Version = section.Text("Version"),
            BasePath = section.Text("BasePath"),
            DisableExecuteApiEndpoint = section.Flag("DisableExecuteApiEndpoint") ?? false,
            HonorMethodOverride = section.Flag("HonorMethodOverride") ?? false,
            RefuseRepeatedOverrides = section.Flag("RefuseRepeatedOverrides") ?? false,
            ResponseIds = section.Flag("ResponseIds"),
            HeaderProfile = section.Choice("HeaderProfile", ("Plain", HeaderProfile.Plain), ("Aws", HeaderProfile.Aws)),
            ForwardedHeaders = section.Choice(
                "ForwardedHeaders", ("Append", ForwardedHeadersMode.Append), ("Off", ForwardedHeadersMode.Off)) ?? default,
        };
        section.Texts("Hosts", api.Hosts);

        foreach (var route in section.Children("Routes"))
        {
            if (ReadMethod(route) is { } method)
            {
                api.Methods.Add(method);
            }
        }

        foreach (var stage in section.Children("Stages"))
        {
            api.Stages[stage.Key] = ReadStage(stage);
        }

        section.RejectUnknown();
        return api;
    }

    private static MethodDefinition? ReadMethod(SettingsSection route)
    {
        if (!RouteKey.TryParse(route.Key, out var httpMethod, out var path))
        {
            route.Errors.Add(route.Origin, $"A route's key is 'METHOD /path', such as 'GET /orders/{{id}}', but is '{route.Key}'.");
            return null;
        }

        var method = new MethodDefinition(httpMethod, path)
        {
            Origin = route.Origin,
            OperationName = route.Text("OperationName"),
            Integration = route.Has("Integration") ? new IntegrationSettingsReader(route.Child("Integration")).Read() : null,
        };
        foreach (var response in route.Children("MethodResponses"))
        {
            ReadResponse(response, method);
        }

        route.RejectUnknown();
        return method;
    }

    private static void ReadResponse(SettingsSection section, MethodDefinition method)
    {
        var response = new MethodResponseDefinition(section.Text("StatusCode") ?? "200") { Origin = section.Origin };
        foreach (var header in section.Children("ResponseParameters"))
        {
            response.ResponseParameters[header.Key] = string.Equals(header.Value, "true", StringComparison.OrdinalIgnoreCase);
        }

        section.RejectUnknown();
        method.MethodResponses[response.StatusCode] = response;
    }

    private static StageDefinition ReadStage(SettingsSection section)
    {
        var stage = new StageDefinition(section.Key) { Origin = section.Origin, Description = section.Text("Description") };
        section.Map("Variables", stage.Variables);
        section.RejectUnknown();
        return stage;
    }
}
