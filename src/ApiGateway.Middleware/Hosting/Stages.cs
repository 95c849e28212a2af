using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes stages in code, and the limits of those with routes.</summary>
internal static class Stages
{
    public static void Add(IDictionary<string, StageDefinition> stages, string name, ReadOnlySpan<(string Name, string Value)> variables)
    {
        var stage = new StageDefinition(name);
        foreach (var (variable, value) in variables)
        {
            stage.Variables[variable] = value;
        }

        stages[name] = stage;
    }

    public static void Throttle(IDictionary<string, StageDefinition> stages, string stage, double rateLimit, int burstLimit, string? routeKey)
    {
        ArgumentNullException.ThrowIfNull(stage);
        if (!stages.TryGetValue(stage, out var definition))
        {
            throw new ArgumentException($"The API has no stage '{stage}'. Add it before its limits.", nameof(stage));
        }

        var setting = new RouteSettingDefinition { ThrottlingRateLimit = rateLimit, ThrottlingBurstLimit = burstLimit };
        if (routeKey is null)
        {
            definition.DefaultRouteSettings = setting;
        }
        else
        {
            definition.RouteSettings[routeKey] = setting;
        }
    }
}
