using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the limits of the routes of a stage. Source: "Throttle requests to your HTTP APIs for better throughput".</summary>
internal sealed class RouteThrottlingCompiler
{
    // What an entry has that sets the other one only: those of the account.
    private const double DefaultRate = 10_000;
    private const int DefaultBurst = 5_000;

    private readonly ApiDefinition _api;
    private readonly StageDefinition _stage;
    private readonly DefinitionOrigin _origin;
    private readonly ThrottleLimit? _account;
    private readonly DefinitionErrors _errors;
    private bool _isDefaultTold;

    public RouteThrottlingCompiler(
        ApiDefinition api, IEnumerable<string> routeKeys, StageDefinition stage, DefinitionOrigin stageOrigin, ThrottleLimit? account,
        DefinitionErrors errors)
    {
        (_api, _stage, _origin, _account, _errors) = (api, stage, stageOrigin, account, errors);
        var known = routeKeys.ToList();
        foreach (var (key, setting) in stage.RouteSettings)
        {
            if (!known.Contains(key))
            {
                errors.Add(
                    setting.Origin ?? stageOrigin.Child("RouteSettings").Child(key),
                    $"The API has no route '{key}'.{NearMiss.Suggest(key, known)} Known: {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>Gets the limits that all callers of a route share, or <see langword="null"/> if there are none.</summary>
    /// <param name="route">The route.</param>
    /// <param name="connections">The limit of all new WebSocket connections, if the route opens some.</param>
    public ThrottlingPlan? Compile(RouteSource route, ThrottleLimit? connections = null)
    {
        var limit = LimitOf(route);
        return limit is null && _account is null && connections is null ? null : new ThrottlingPlan(limit, _account) { Connections = connections };
    }

    // The settings of all routes give each of them a bucket of its own.
    private ThrottleLimit? LimitOf(RouteSource route)
    {
        var all = _stage.DefaultRouteSettings;
        var own = _stage.RouteSettings.TryGetValue(route.Key, out var setting) ? setting : null;
        var rate = own?.ThrottlingRateLimit ?? all?.ThrottlingRateLimit;
        var burst = own?.ThrottlingBurstLimit ?? all?.ThrottlingBurstLimit;
        if (rate is null && burst is null)
        {
            return null;
        }

        // Of the settings of all routes the errors are told once.
        var isDefault = own is null or { ThrottlingRateLimit: null, ThrottlingBurstLimit: null };
        var errors = isDefault && _isDefaultTold ? new DefinitionErrors() : _errors;
        _isDefaultTold |= isDefault;
        var at = isDefault
            ? all!.Origin ?? _origin.Child("DefaultRouteSettings")
            : own!.Origin ?? _origin.Child("RouteSettings").Child(route.Key);
        return ThrottleLimits.Compile(
            rate ?? DefaultRate,

            // Without any rate the route is closed: a full bucket would let its first requests in.
            rate == 0 ? 0 : burst ?? DefaultBurst,
            ThrottleLimits.NameOf("stage", _api.Id ?? _api.Name, _stage.Name, route.Key), at,
            nameof(RouteSettingDefinition.ThrottlingRateLimit), nameof(RouteSettingDefinition.ThrottlingBurstLimit), errors,
            _api.Id ?? _api.Name, _stage.Name);
    }
}
