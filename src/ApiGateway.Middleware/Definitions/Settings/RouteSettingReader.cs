using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads what a stage of an HTTP or WebSocket API sets for its routes.</summary>
internal static class RouteSettingReader
{
    /// <summary>Reads <c>DefaultRouteSettings</c>, <c>RouteSettings</c> and what else such stages have in common.</summary>
    public static void Apply(SettingsSection section, StageDefinition stage)
    {
        section.Map("StageVariables", stage.Variables);

        // Stages have what is in force, and tags have no effect.
        section.Known("DeploymentId", "Tags");
        stage.AutoDeploy = section.Flag("AutoDeploy") ?? false;
        if (section.Has("DefaultRouteSettings"))
        {
            stage.DefaultRouteSettings = Read(section.Child("DefaultRouteSettings"));
        }

        foreach (var setting in section.Children("RouteSettings"))
        {
            stage.RouteSettings[setting.Key] = Read(setting);
        }
    }

    private static RouteSettingDefinition Read(SettingsSection section)
    {
        var setting = new RouteSettingDefinition
        {
            Origin = section.Origin,
            ThrottlingRateLimit = section.Fraction("ThrottlingRateLimit"),
            ThrottlingBurstLimit = section.Number("ThrottlingBurstLimit"),
            DetailedMetricsEnabled = section.Flag("DetailedMetricsEnabled") ?? false,
            LoggingLevel = section.Choice(
                "LoggingLevel", ("OFF", ExecutionLogLevel.Off), ("ERROR", ExecutionLogLevel.Error), ("INFO", ExecutionLogLevel.Info)),
            DataTraceEnabled = section.Flag("DataTraceEnabled"),
        };
        section.RejectUnknown();
        return setting;
    }
}
