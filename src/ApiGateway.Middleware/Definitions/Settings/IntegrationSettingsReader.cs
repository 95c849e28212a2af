using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the integration of a route.</summary>
internal sealed class IntegrationSettingsReader(SettingsSection section)
{
    public IntegrationDefinition? Read()
    {
        var type = section.Choice(
            "Type", ("HTTP_PROXY", IntegrationKind.HttpProxy), ("HTTP", IntegrationKind.Http), ("MOCK", IntegrationKind.Mock),
            ("IN_PROCESS", IntegrationKind.InProcess), ("AWS_PROXY", IntegrationKind.AwsProxy));
        if (type is null && section.Text("Type") is null)
        {
            section.Errors.Add(section.Origin.Child("Type"), "An integration needs a 'Type': HTTP_PROXY, HTTP, MOCK, IN_PROCESS or AWS_PROXY.");
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
        };
        integration.StreamsResponse = section.Choice(
            "ResponseTransferMode", ("BUFFERED", TransferMode.Buffered), ("STREAM", TransferMode.Stream)) == TransferMode.Stream;
        section.Map("RequestTemplates", integration.RequestTemplates);
        section.RejectUnknown();
        return integration;
    }

    private enum TransferMode
    {
        Buffered,
        Stream,
    }
}
