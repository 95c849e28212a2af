using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the response cache of a stage. Source: "Cache settings for REST APIs in API Gateway".</summary>
internal sealed class CachePlanCompiler
{
    private const int DefaultLifetime = 300;
    private const string DefaultSize = "0.5";
    private const double BytesPerGigabyte = 1 << 30;

    private static readonly string[] Sizes = [DefaultSize, "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"];

    private readonly Dictionary<string, MethodSettingDefinition> _settings = new(StringComparer.Ordinal);
    private readonly MethodSettingDefinition? _all;
    private readonly RestApiDefinition _api;
    private readonly StageDefinition _stage;
    private readonly DefinitionOrigin _origin;
    private readonly DefinitionErrors _errors;
    private readonly CachePolicyDefinition? _policyDefinition;
    private readonly CachePolicy _policy;
    private readonly ResponseCachePartition? _partition;
    private readonly bool _isSafe;

    public CachePlanCompiler(RestApiDefinition api, StageDefinition stage, DefinitionOrigin apiOrigin, DefinitionOrigin stageOrigin, DefinitionErrors errors)
    {
        (_api, _stage, _origin, _errors) = (api, stage, stageOrigin.Child("MethodSettings"), errors);
        _isSafe = (api.CacheMode ?? (api.Profile == DefinitionProfile.Exact ? CacheMode.Exact : CacheMode.Safe)) == CacheMode.Safe;
        _policyDefinition = stage.Cache ?? api.Cache;

        // What is wrong with that of the API is told once, not for each stage.
        var isFirst = stage == api.Stages.Values.FirstOrDefault(static stage => stage.Cache is null);
        _policy = CachePolicyCompiler.Compile(
            _policyDefinition, stage.Cache is null ? apiOrigin : stageOrigin, stage.Cache is null && !isFirst ? new DefinitionErrors() : errors);
        var size = SizeOf(stage, stageOrigin);
        foreach (var (key, setting) in stage.MethodSettings)
        {
            // Keys that name no method are told with the limits.
            if (key == MethodKey.All)
            {
                _all = setting;
            }
            else if (MethodKey.ToRouteKey(key) is { } route)
            {
                _settings.TryAdd(route, setting);
            }

            _ = LifetimeOf(setting, setting.Origin ?? _origin.Child(key));
        }

        _partition = stage.CacheClusterEnabled && stage.Name.Length > 0 ? new ResponseCachePartition(api.Id ?? api.Name, stage.Name, size) : null;
        WarnOfHalves(stageOrigin);
    }

    /// <summary>Gets the plan of a method, or <see langword="null"/> if its answers are not cached.</summary>
    public CachePlan? Compile(MethodDefinition method, DefinitionOrigin methodOrigin, PathVariable[] variables)
    {
        var isOwn = _settings.TryGetValue(method.RouteKey, out var setting);
        setting ??= _all;
        if (_partition is null || setting is not { CachingEnabled: true } || method.Integration is not { } integration
            || MethodsOf(method, isOwn) is not (not 0 and var methods))
        {
            return null;
        }

        var lifetime = LifetimeOf(setting, _origin, new DefinitionErrors());
        if (lifetime == TimeSpan.Zero)
        {
            return null;
        }

        var authorizes = method.AuthorizationType != AuthorizationType.None;
        var key = new CacheKeyCompiler(_isSafe, _policyDefinition, _api.Profile == DefinitionProfile.Exact, _errors).Compile(
            integration.CacheNamespace ?? StableId.Of(method.ResourcePath), integration.CacheKeyParameters, integration.RequestParameters, variables,
            authorizes, (integration.Origin ?? methodOrigin.Child("Integration")).Child("CacheKeyParameters"));
        if (key is null)
        {
            return null;
        }

        WarnOfSharing(method, methodOrigin, key, authorizes);
        return new CachePlan
        {
            Partition = _partition,
            Key = key,
            Methods = methods,
            Lifetime = lifetime,
            IsSafe = _isSafe,
            IsEncrypted = setting.CacheDataEncrypted,
            GuardsInvalidation = setting.RequireAuthorizationForCacheControl ?? true,
            Unauthorized = setting.UnauthorizedCacheControlHeaderStrategy,
            Policy = _policy,
        };
    }

    // With '*/*' alone, only GET is cached.
    private static int MethodsOf(MethodDefinition method, bool isOwn)
    {
        const int Get = 1;
        const int All = (1 << RouteMethod.Count) - 1;
        if (method.HttpMethod == "ANY")
        {
            return isOwn ? All : Get;
        }

        var number = RouteMethod.Of(method.HttpMethod);
        return number == RouteMethod.Unknown ? 0 : (1 << number) & (isOwn ? All : Get);
    }

    private TimeSpan LifetimeOf(MethodSettingDefinition setting, DefinitionOrigin at, DefinitionErrors? errors = null) => CachePolicyCompiler.Seconds(
        setting.CacheTtlInSeconds ?? DefaultLifetime, CachePolicyCompiler.MaxLifetime, at.Child(nameof(setting.CacheTtlInSeconds)), errors ?? _errors);

    private long SizeOf(StageDefinition stage, DefinitionOrigin stageOrigin)
    {
        var size = stage.CacheClusterSize ?? DefaultSize;
        if (!Sizes.Contains(size, StringComparer.Ordinal))
        {
            _errors.Add(
                stageOrigin.Child(nameof(stage.CacheClusterSize)), $"must be one of {string.Join(", ", Sizes)} (GB), but is '{size}'.");
            size = DefaultSize;
        }

        return (long)(double.Parse(size, CultureInfo.InvariantCulture) * BytesPerGigabyte);
    }

    private void WarnOfHalves(DefinitionOrigin stageOrigin)
    {
        var enabled = _stage.MethodSettings.FirstOrDefault(static item => item.Value.CachingEnabled);
        if (_stage.CacheClusterEnabled && enabled.Value is null)
        {
            _errors.Warn(
                stageOrigin.Child(nameof(_stage.CacheClusterEnabled)),
                "The stage has a cache, but no method uses it. Add \"MethodSettings\": { \"*/*\": { \"CachingEnabled\": true } }.");
        }
        else if (!_stage.CacheClusterEnabled && enabled.Value is { } setting)
        {
            _errors.Warn(
                setting.Origin ?? _origin.Child(enabled.Key), "CachingEnabled has no effect while the stage has no cache. Set 'CacheClusterEnabled' of the stage.");
        }
    }

    private void WarnOfSharing(MethodDefinition method, DefinitionOrigin methodOrigin, CacheKeyPlan key, bool authorizes)
    {
        var hasIdentity = key.HasCaller || key.HasHeader("Authorization") || key.Parts.Any(static part => part.Place == CacheKeyPlace.Context);
        if (authorizes && !hasIdentity)
        {
            _errors.Warn(
                methodOrigin,
                $"Answers of '{method.RouteKey}' in stage '{_stage.Name}' are cached for all callers together, although the method authorizes them. "
                + "Where they differ, name the caller in 'CacheKeyParameters', such as method.request.header.Authorization, or set 'VaryByCaller'.");
        }
    }
}
