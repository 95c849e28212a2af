using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the limits of a stage that all callers share, and puts those by caller beside them. Source: "Throttle requests to your REST APIs for better throughput".</summary>
internal sealed class ThrottlingPlanCompiler
{
    // What an entry has that sets the other one only: recorded.
    private const double DefaultRate = 10_000;
    private const int DefaultBurst = 5_000;

    private readonly Dictionary<string, MethodSettingDefinition> _settings = new(StringComparer.Ordinal);
    private readonly MethodSettingDefinition? _all;
    private readonly RestApiDefinition _api;
    private readonly StageDefinition _stage;
    private readonly DefinitionOrigin _origin;
    private readonly DefinitionOrigin _apiOrigin;
    private readonly DefinitionOrigin _stageOrigin;
    private readonly ThrottleLimit? _account;
    private readonly RateLimitCompiler _rateLimits;
    private readonly DefinitionErrors _errors;
    private bool _isTold;

    public ThrottlingPlanCompiler(
        RestApiDefinition api, DefinitionOrigin apiOrigin, StageDefinition stage, DefinitionOrigin stageOrigin, ThrottleLimit? account,
        RateLimitCompiler rateLimits, DefinitionErrors errors)
    {
        (_api, _apiOrigin, _stage, _stageOrigin, _origin) = (api, apiOrigin, stage, stageOrigin, stageOrigin.Child("MethodSettings"));
        (_account, _rateLimits, _errors) = (account, rateLimits, errors);
        foreach (var (key, setting) in stage.MethodSettings)
        {
            if (key == MethodKey.All)
            {
                _all = setting;
            }
            else
            {
                Add(key, setting);
            }
        }
    }

    /// <summary>Gets the plan of a method, or <see langword="null"/> if nothing limits or counts it.</summary>
    public ThrottlingPlan? Compile(MethodDefinition method, DefinitionOrigin origin)
    {
        var limit = _settings.TryGetValue(method.RouteKey, out var own) ? LimitOf(own, method)
            : _all is null ? null
            : LimitOf(_all, method);
        var rateLimits = _rateLimits.Compile(_api.RateLimits, _apiOrigin, _stage, _stageOrigin, method.RateLimits, origin, method.RouteKey);
        return limit is null && _account is null && rateLimits is null && !method.ApiKeyRequired
            ? null : new ThrottlingPlan(limit, _account, rateLimits);
    }

    private void Add(string key, MethodSettingDefinition setting)
    {
        var origin = setting.Origin ?? _origin.Child(key);
        if (MethodKey.ToRouteKey(key) is not { } route || !_api.Methods.Any(method => method.RouteKey == route))
        {
            var known = _api.Methods.Select(static method => MethodKey.Of(method.HttpMethod, method.ResourcePath)).Append(MethodKey.All).ToList();
            _errors.Add(
                origin, $"A method setting is for '/path/METHOD' or '{MethodKey.All}', but the API has no '{key}'.{NearMiss.Suggest(key, known)} Known: {string.Join(", ", known)}.");
        }
        else if (!_settings.TryAdd(route, setting))
        {
            _errors.Add(origin, $"The method '{route}' has two settings. Remove one of them.");
        }
    }

    // '*/*' gives each method a bucket of its own.
    private ThrottleLimit? LimitOf(MethodSettingDefinition setting, MethodDefinition method)
    {
        if (setting.ThrottlingRateLimit is null && setting.ThrottlingBurstLimit is null)
        {
            return null;
        }

        // Of '*/*' the errors are told once.
        var errors = setting == _all && _isTold ? new DefinitionErrors() : _errors;
        _isTold |= setting == _all;
        return ThrottleLimits.Compile(
            setting.ThrottlingRateLimit ?? DefaultRate, setting.ThrottlingBurstLimit ?? DefaultBurst,
            ThrottleLimits.NameOf("stage", _api.Id ?? _api.Name, _stage.Name, method.RouteKey),
            setting.Origin ?? _origin.Child(setting == _all ? MethodKey.All : MethodKey.Of(method.HttpMethod, method.ResourcePath)),
            nameof(MethodSettingDefinition.ThrottlingRateLimit), nameof(MethodSettingDefinition.ThrottlingBurstLimit), errors,
            _api.Id ?? _api.Name, _stage.Name);
    }
}
