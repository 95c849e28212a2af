using System.Globalization;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads what a cache does beyond that of Amazon API Gateway.</summary>
internal sealed class CacheSettingsReader(SettingsSection section)
{
    public CachePolicyDefinition Read()
    {
        var policy = new CachePolicyDefinition
        {
            Origin = section.Origin,
            SingleFlight = section.Flag("SingleFlight") ?? false,
            StaleWhileRevalidateInSeconds = section.Number("StaleWhileRevalidateInSeconds") ?? 0,
            StaleIfErrorInSeconds = section.Number("StaleIfErrorInSeconds") ?? 0,
            ConditionalRequests = section.Flag("ConditionalRequests") ?? false,
            HonorCacheControl = section.Flag("HonorCacheControl") ?? false,
            VaryByQuery = section.Flag("VaryByQuery"),
            VaryByCaller = section.Flag("VaryByCaller"),
            DiagnosticHeader = section.Text("DiagnosticHeader"),
        };
        section.Texts("VaryByHeaders", policy.VaryByHeaders);
        foreach (var status in section.Children("TtlByStatus"))
        {
            if (int.TryParse(status.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds))
            {
                policy.TtlByStatus[status.Key] = seconds;
            }
            else
            {
                section.Errors.Add(status.Origin, $"A time to live is a whole number of seconds, but is '{status.Value}'.");
            }
        }

        section.RejectUnknown();
        return policy;
    }
}
