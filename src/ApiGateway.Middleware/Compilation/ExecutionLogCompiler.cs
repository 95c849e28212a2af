using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what the execution log of a stage tells of its routes. Source: "Configure logging for a WebSocket API".</summary>
internal static class ExecutionLogCompiler
{
    /// <summary>Gets the plan of a route, or <see langword="null"/> if nothing is told.</summary>
    public static ExecutionLogPlan? Compile(StageDefinition stage, string routeKey)
    {
        var own = stage.RouteSettings.TryGetValue(routeKey, out var setting) ? setting : null;
        var level = own?.LoggingLevel ?? stage.DefaultRouteSettings?.LoggingLevel ?? ExecutionLogLevel.Off;
        return level == ExecutionLogLevel.Off
            ? null : new ExecutionLogPlan(level, own?.DataTraceEnabled ?? stage.DefaultRouteSettings?.DataTraceEnabled ?? false);
    }

    /// <summary>Tells that a kind of API has no execution log.</summary>
    public static void Refuse(StageDefinition stage, DefinitionOrigin origin, DefinitionErrors errors)
    {
        Refuse(stage.DefaultRouteSettings, origin.Child("DefaultRouteSettings"), errors);
        foreach (var (key, setting) in stage.RouteSettings)
        {
            Refuse(setting, origin.Child("RouteSettings").Child(key), errors);
        }
    }

    private static void Refuse(RouteSettingDefinition? setting, DefinitionOrigin at, DefinitionErrors errors)
    {
        foreach (var (member, isThere) in (ReadOnlySpan<(string, bool)>)
            [
                (nameof(RouteSettingDefinition.LoggingLevel), setting?.LoggingLevel is not (null or ExecutionLogLevel.Off)),
                (nameof(RouteSettingDefinition.DataTraceEnabled), setting?.DataTraceEnabled == true),
            ])
        {
            if (isThere)
            {
                errors.Add((setting!.Origin ?? at).Child(member), $"HTTP APIs have access logs alone. Remove '{member}', and set 'AccessLogSettings' of the stage.");
            }
        }
    }
}
