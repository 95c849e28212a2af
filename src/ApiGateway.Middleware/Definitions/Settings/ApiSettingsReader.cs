using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads what all kinds of API have in common, and what their stages have in common.</summary>
internal static class ApiSettingsReader
{
    public static void Apply(SettingsSection section, ApiDefinition api)
    {
        api.Id = section.Text("Id") ?? api.Id;
        api.Description = section.Text("Description") ?? api.Description;
        api.Version = section.Text("Version") ?? api.Version;
        api.BasePath = section.Text("BasePath")?.Replace("{name}", api.Name, StringComparison.Ordinal) ?? api.BasePath;
        api.DisableExecuteApiEndpoint = section.Flag("DisableExecuteApiEndpoint") ?? api.DisableExecuteApiEndpoint;
        api.ResponseIds = section.Flag("ResponseIds") ?? api.ResponseIds;
        api.HeaderProfile = section.Choice("HeaderProfile", ("Plain", HeaderProfile.Plain), ("Aws", HeaderProfile.Aws)) ?? api.HeaderProfile;
        api.ForwardedHeaders = section.Choice(
            "ForwardedHeaders", ("Append", ForwardedHeadersMode.Append), ("Off", ForwardedHeadersMode.Off)) ?? api.ForwardedHeaders;
        api.ErrorFormat = section.Choice(
            "ErrorFormat", ("Aws", ErrorFormat.Aws), ("ProblemDetails", ErrorFormat.ProblemDetails)) ?? api.ErrorFormat;
        section.Texts("Hosts", api.Hosts);
        RateLimitSettingsReader.Read(section, api.RateLimits);
        section.Known("ProtocolType", "Definition", "Import");
    }

    /// <summary>Reads a stage; the caller reads what the kind of API has besides, and rejects the rest.</summary>
    public static StageDefinition ReadStage(SettingsSection section)
    {
        var stage = new StageDefinition(section.Key) { Origin = section.Origin, Description = section.Text("Description") };
        section.Map("Variables", stage.Variables);
        stage.AccessLogSettings = AccessLogSettingsReader.Read(section);
        RateLimitSettingsReader.Read(section, stage.RateLimits);
        return stage;
    }
}
