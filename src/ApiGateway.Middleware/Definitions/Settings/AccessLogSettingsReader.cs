namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the access log of a stage, by the names that CloudFormation has for REST APIs and for the others.</summary>
internal static class AccessLogSettingsReader
{
    private static readonly string[] Names = ["AccessLogSettings", "AccessLogSetting"];

    public static AccessLogSettingsDefinition? Read(SettingsSection stage)
    {
        AccessLogSettingsDefinition? read = null;
        foreach (var name in Names)
        {
            if (!stage.Has(name))
            {
                continue;
            }

            var section = stage.Child(name);
            if (read is not null)
            {
                section.Errors.Add(section.Origin, $"'{Names[0]}' and '{Names[1]}' mean the same. Remove one of them.");
            }

            read = new AccessLogSettingsDefinition
            {
                Origin = section.Origin,
                DestinationArn = section.Text("DestinationArn"),
                Format = section.Text("Format"),
                EscapeJson = section.Flag("EscapeJson") ?? false,
            };
            section.RejectUnknown();
        }

        return read;
    }
}
