using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway;

/// <summary>Writes the state of the gateway, and why a changed definition is not in force.</summary>
internal static class HealthReportWriter
{
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", report.Status.ToString());
        json.WriteStartArray("errors");
        foreach (var entry in report.Entries.Values)
        {
            foreach (var error in entry.Data.TryGetValue("errors", out var value) && value is string[] texts ? texts : [])
            {
                json.WriteStringValue(error);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
