using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the integration of a route.</summary>
internal sealed class IntegrationSettingsReader(SettingsSection section)
{
    public IntegrationDefinition? Read()
    {
        var type = section.Choice(
            "Type", ("HTTP_PROXY", IntegrationKind.HttpProxy), ("HTTP", IntegrationKind.Http), ("MOCK", IntegrationKind.Mock),
            ("IN_PROCESS", IntegrationKind.InProcess));
        if (type is null && section.Text("Type") is null)
        {
            section.Errors.Add(section.Origin.Child("Type"), "An integration needs a 'Type': HTTP_PROXY, HTTP, MOCK or IN_PROCESS.");
        }

        var integration = new IntegrationDefinition(type ?? IntegrationKind.Mock)
        {
            Origin = section.Origin,
            Uri = section.Text("Uri"),
            IntegrationHttpMethod = section.Text("IntegrationHttpMethod"),
            TimeoutInMillis = section.Number("TimeoutInMillis"),
            Handler = section.Text("Handler"),
            Streaming = section.Flag("Streaming"),
            HttpVersion = section.Text("HttpVersion"),
            InsecureSkipVerification = section.Flag("InsecureSkipVerification") ?? false,
            PassthroughBehavior = section.Choice(
                "PassthroughBehavior", ("WHEN_NO_MATCH", PassthroughBehavior.WhenNoMatch),
                ("WHEN_NO_TEMPLATES", PassthroughBehavior.WhenNoTemplates), ("NEVER", PassthroughBehavior.Never)) ?? default,
            ContentHandling = ReadContentHandling(section),
        };
        section.Map("RequestParameters", integration.RequestParameters);
        section.Map("RequestTemplates", integration.RequestTemplates);
        foreach (var response in section.Children("IntegrationResponses"))
        {
            integration.IntegrationResponses.Add(ReadResponse(response));
        }

        section.RejectUnknown();
        return integration;
    }

    private static IntegrationResponseDefinition ReadResponse(SettingsSection section)
    {
        var response = new IntegrationResponseDefinition(section.Text("StatusCode") ?? "200")
        {
            Origin = section.Origin,
            SelectionPattern = section.Text("SelectionPattern"),
            ContentHandling = ReadContentHandling(section),
        };
        section.Map("ResponseParameters", response.ResponseParameters);
        section.Map("ResponseTemplates", response.ResponseTemplates);
        section.RejectUnknown();
        return response;
    }

    private static ContentHandling ReadContentHandling(SettingsSection section) => section.Choice(
        "ContentHandling", ("CONVERT_TO_TEXT", ContentHandling.ConvertToText), ("CONVERT_TO_BINARY", ContentHandling.ConvertToBinary)) ?? default;
}
