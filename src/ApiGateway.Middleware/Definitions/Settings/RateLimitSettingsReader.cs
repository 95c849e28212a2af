namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads <c>RateLimits</c> of an API, a stage or a route.</summary>
internal static class RateLimitSettingsReader
{
    public static void Read(SettingsSection parent, IDictionary<string, RateLimitDefinition> target)
    {
        foreach (var section in parent.Children("RateLimits"))
        {
            var limit = new RateLimitDefinition
            {
                Origin = section.Origin,
                RateLimit = section.Fraction("RateLimit"),
                BurstLimit = section.Number("BurstLimit"),
                ConcurrencyLimit = section.Number("ConcurrencyLimit"),
                Cost = section.Text("Cost"),
                DryRun = section.Flag("DryRun") ?? false,
                Headers = section.Flag("Headers") ?? true,
                Enabled = section.Flag("Enabled") ?? true,
            };
            section.Texts("Key", limit.Key);
            section.RejectUnknown();
            target[section.Key] = limit;
        }
    }
}
