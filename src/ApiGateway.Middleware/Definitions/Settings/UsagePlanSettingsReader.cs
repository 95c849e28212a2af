using System.Globalization;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads <c>UsagePlans</c>, <c>ApiKeys</c>, <c>ApiKeysFile</c>, <c>Throttle</c> and <c>ConnectionThrottle</c> of the section <c>ApiGateway</c>.</summary>
internal sealed class UsagePlanSettingsReader(SettingsSection section)
{
    public void Read(GatewayDefinition definition)
    {
        foreach (var plan in section.Children("UsagePlans"))
        {
            definition.UsagePlans.Add(ReadPlan(plan));
        }

        foreach (var key in section.Children("ApiKeys"))
        {
            definition.ApiKeys.Add(ReadKey(key));
        }

        if (section.Text("ApiKeysFile") is { } file
            && section.Context.Files.ReadText(file, section.Child("ApiKeysFile").Origin, section.Errors) is { } text)
        {
            ApiKeyCsv.Read(text, new DefinitionOrigin(file, "keys"), definition, section.Errors);
        }

        definition.Throttle = ReadThrottle(section, "Throttle") ?? definition.Throttle;
        definition.ConnectionThrottle = ReadThrottle(section, "ConnectionThrottle") ?? definition.ConnectionThrottle;
    }

    private static UsagePlanDefinition ReadPlan(SettingsSection section)
    {
        var plan = new UsagePlanDefinition(section.Key)
        {
            Origin = section.Origin,
            Name = section.Text("Name"),
            Description = section.Text("Description"),
            Throttle = ReadThrottle(section, "Throttle"),
            Quota = section.Has("Quota") ? ReadQuota(section.Child("Quota")) : null,
        };
        foreach (var stage in section.Children("ApiStages"))
        {
            plan.ApiStages.Add(ReadStage(stage));
        }

        section.RejectUnknown();
        return plan;
    }

    private static UsagePlanStageDefinition ReadStage(SettingsSection section)
    {
        var api = section.Text("ApiId");
        if (section.Text("Api") is { } name)
        {
            if (api is not null && api != name)
            {
                section.Errors.Add(section.Origin, $"'Api' and 'ApiId' mean the same, but are '{name}' and '{api}'. Remove one of them.");
            }

            api = name;
        }

        var stage = new UsagePlanStageDefinition(api ?? "", section.Text("Stage") ?? "") { Origin = section.Origin };
        foreach (var method in section.Children("Throttle"))
        {
            stage.Throttle[method.Key] = ReadThrottle(method);
        }

        section.RejectUnknown();
        return stage;
    }

    private static ThrottleDefinition? ReadThrottle(SettingsSection parent, string key) =>
        parent.Has(key) ? ReadThrottle(parent.Child(key)) : null;

    private static ThrottleDefinition ReadThrottle(SettingsSection section)
    {
        var throttle = new ThrottleDefinition
        {
            Origin = section.Origin,
            RateLimit = section.Fraction("RateLimit"),
            BurstLimit = section.Number("BurstLimit"),
        };
        section.RejectUnknown();
        return throttle;
    }

    private static QuotaDefinition ReadQuota(SettingsSection section)
    {
        var quota = new QuotaDefinition
        {
            Origin = section.Origin,
            Limit = section.Number("Limit"),
            Period = section.Choice("Period", ("DAY", QuotaPeriod.Day), ("WEEK", QuotaPeriod.Week), ("MONTH", QuotaPeriod.Month)),
            Offset = section.Number("Offset") ?? 0,
        };
        section.RejectUnknown();
        return quota;
    }

    private static ApiKeyDefinition ReadKey(SettingsSection section)
    {
        var key = new ApiKeyDefinition(section.Key)
        {
            Origin = section.Origin,
            Name = section.Text("Name"),
            Description = section.Text("Description"),
            Value = section.Text("Value"),
            PreviousValue = section.Text("PreviousValue"),
            PreviousValueExpires = ReadTime(section, "PreviousValueExpires"),
            Enabled = section.Flag("Enabled") ?? true,
        };
        section.Texts("UsagePlans", key.UsagePlans);
        section.RejectUnknown();
        return key;
    }

    private static DateTimeOffset? ReadTime(SettingsSection section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        section.Errors.Add(section.Child(key).Origin, $"'{key}' must be a time such as 2026-12-31T00:00:00Z, but is '{text}'.");
        return null;
    }
}
