using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks usage plans against the APIs that they name. Source: "AWS::ApiGateway::UsagePlan".</summary>
internal sealed class UsagePlanCompiler(GatewayDefinition definition, DefinitionErrors errors)
{
    public CompiledUsage Compile()
    {
        var plans = new Dictionary<string, CompiledPlan>(StringComparer.Ordinal);
        foreach (var plan in definition.UsagePlans)
        {
            var origin = plan.Origin ?? new DefinitionOrigin("code", $"UsagePlans:{plan.Id}");
            CheckId(plan.Id, "usage plan", origin, errors);
            if (!plans.TryAdd(plan.Id, Compile(plan, origin)))
            {
                errors.Add(origin, $"Another usage plan has the id '{plan.Id}'. Rename or remove one of them.");
            }
        }

        var keys = new ApiKeyCompiler(plans, errors);
        keys.Add(definition.ApiKeys);
        return new CompiledUsage(
            keys.Plans().ToFrozenDictionary(static plan => plan.Id, StringComparer.Ordinal), keys.Tables(),
            CompileShared(definition.Throttle, "account", nameof(definition.Throttle)),
            CompileShared(definition.ConnectionThrottle, "connections", nameof(definition.ConnectionThrottle)));
    }

    /// <summary>Ids are parts of the names under which state is kept.</summary>
    public static void CheckId(string id, string what, DefinitionOrigin origin, DefinitionErrors errors)
    {
        const int MaxLength = 1024;
        if (id.Length > MaxLength || id.Any(char.IsControl))
        {
            errors.Add(origin, $"The id of a {what} has at most {MaxLength} characters and no control characters.");
        }
    }

    private ThrottleLimit? CompileShared(ThrottleDefinition? throttle, string name, string member) =>
        ThrottleLimits.Compile(throttle, ThrottleLimits.NameOf(name), throttle?.Origin ?? new DefinitionOrigin("code", member), errors);

    private CompiledPlan Compile(UsagePlanDefinition plan, DefinitionOrigin origin)
    {
        var stages = new Dictionary<(string, string), IReadOnlyDictionary<string, ThrottleDefinition>>();
        for (var i = 0; i < plan.ApiStages.Count; i++)
        {
            var stage = plan.ApiStages[i];
            var at = stage.Origin ?? origin.Child("ApiStages").Child($"{i}");
            if (FindApi(stage, at) is not { } api)
            {
                continue;
            }

            if (!stages.TryAdd((api.Id ?? api.Name, stage.Stage), MethodsOf(stage, api, at)))
            {
                errors.Add(at, $"The usage plan has stage '{stage.Stage}' of API '{api.Name}' twice. Remove one of them.");
            }
        }

        if (plan.Throttle is { } throttle)
        {
            // For its errors; each key gets a limit of its own.
            ThrottleLimits.Compile(throttle, "", throttle.Origin ?? origin.Child("Throttle"), errors);
        }

        return new CompiledPlan(plan, origin, CompileQuota(plan.Quota, plan.Quota?.Origin ?? origin.Child("Quota")), stages);
    }

    private ApiDefinition? FindApi(UsagePlanStageDefinition stage, DefinitionOrigin origin)
    {
        if (stage.ApiId.Length == 0 || stage.Stage.Length == 0)
        {
            var missing = stage.ApiId.Length == 0 ? "Api" : "Stage";
            errors.Add(origin, $"A stage of a usage plan needs 'Api' (or 'ApiId') and 'Stage', but '{missing}' is missing. Add it.");
            return null;
        }

        var api = definition.Apis.FirstOrDefault(api => (api.Id ?? api.Name) == stage.ApiId)
            ?? definition.Apis.FirstOrDefault(api => api.Name == stage.ApiId);
        if (api is not (RestApiDefinition or WebSocketApiDefinition))
        {
            var known = definition.Apis.Where(static api => api is RestApiDefinition or WebSocketApiDefinition).Select(static api => api.Name).ToList();
            errors.Add(
                origin.Child("Api"), $"There is no REST or WebSocket API '{stage.ApiId}'.{NearMiss.Suggest(stage.ApiId, known)} Known: {Join(known)}.");
            return null;
        }

        if (!api.Stages.ContainsKey(stage.Stage))
        {
            errors.Add(
                origin.Child("Stage"),
                $"API '{api.Name}' has no stage '{stage.Stage}'.{NearMiss.Suggest(stage.Stage, api.Stages.Keys)} Known: {Join(api.Stages.Keys)}.");
            return null;
        }

        return api;
    }

    private Dictionary<string, ThrottleDefinition> MethodsOf(UsagePlanStageDefinition stage, ApiDefinition api, DefinitionOrigin origin)
    {
        var methods = new Dictionary<string, ThrottleDefinition>(StringComparer.Ordinal);
        foreach (var (key, throttle) in stage.Throttle)
        {
            var at = throttle.Origin ?? origin.Child("Throttle").Child(key);
            ThrottleLimits.Compile(throttle, "", at, errors);
            var known = api is RestApiDefinition rest ? rest.Methods : [];
            var method = MethodKey.ToRouteKey(key) is { } route ? known.FirstOrDefault(method => method.RouteKey == route) : null;
            if (method is null)
            {
                var keys = known.Select(static method => MethodKey.Of(method.HttpMethod, method.ResourcePath)).ToList();
                errors.Add(at, $"A limit is for '/path/METHOD', but API '{api.Name}' has no '{key}'.{NearMiss.Suggest(key, keys)} Known: {Join(keys)}.");
                continue;
            }

            if (!method.ApiKeyRequired)
            {
                errors.Warn(at, $"'{method.RouteKey}' requires no API key, so the limit has no effect. Set 'ApiKeyRequired', or remove the limit.");
            }

            if (!methods.TryAdd(method.RouteKey, throttle))
            {
                errors.Add(at, $"The method '{method.RouteKey}' has two limits. Remove one of them.");
            }
        }

        return methods;
    }

    private QuotaLimit? CompileQuota(QuotaDefinition? quota, DefinitionOrigin origin)
    {
        if (quota is null)
        {
            return null;
        }

        if (quota.Limit is null || quota.Period is null)
        {
            errors.Add(origin, $"A quota needs 'Limit' and 'Period', but '{(quota.Limit is null ? "Limit" : "Period")}' is missing. Add it.");
        }

        if (quota.Limit < 0)
        {
            errors.Add(origin.Child("Limit"), $"must be 0 or more requests, but is {quota.Limit}.");
        }
        else if (quota.Offset < 0 || quota.Offset > quota.Limit)
        {
            errors.Add(origin.Child("Offset"), $"must be from 0 to the quota's limit, {quota.Limit}, but is {quota.Offset}.");
        }

        return new QuotaLimit(quota.Limit ?? 0, quota.Period ?? default, quota.Offset);
    }

    private static string Join(ICollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
