using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an HTTP API into the same snapshots as a REST API: what differs is data in them.</summary>
internal sealed class HttpApiCompiler(
    HttpApiDefinition api, DefinitionOrigin origin, GatewayIdentity identity, HandlerTable handlers, CompiledUsage usage, DefinitionErrors errors)
{
    private const string Selection = "${request.method} ${request.path}";

    private readonly HttpCorsPlanCompiler? _cors =
        api.CorsConfiguration is { } cors ? new(cors, cors.Origin ?? origin.Child("CorsConfiguration"), errors) : null;

    private readonly HttpRouteCompiler _routes = new(api, origin, handlers, errors);
    private readonly RateLimitCompiler _rateLimits = new(api.Id ?? api.Name, errors);
    private readonly AuthorizationPlanCompiler _authorization = new(api, null, origin, identity, handlers, errors);

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    public CompiledApi Compile()
    {
        if (api.RouteSelectionExpression is not (null or Selection))
        {
            errors.Add(origin.Child("RouteSelectionExpression"), $"must be '{Selection}', but is '{api.RouteSelectionExpression}'. Leave it out.");
        }

        HttpApiQuotas.Warn(api, origin, errors);
        var tree = new RouteTree(errors);
        foreach (var route in api.Routes)
        {
            if (_routes.Read(route) is { } source)
            {
                tree.Add(source);
            }
        }

        var snapshot = CreateApi();
        if (api.Stages.Count == 0 && !IsExact)
        {
            errors.Warn(origin.Child("Stages"), $"API '{api.Name}' has no stage, so nothing can reach it. Add one, such as \"$default\": {{}}.");
        }

        var stages = new List<StageSnapshot>();
        foreach (var (name, stage) in api.Stages)
        {
            var stageOrigin = stage.Origin ?? origin.Child("Stages").Child(name);
            var compiled = new StageCompiler(stage, stageOrigin, errors) { AllowsDefault = true }.Compile(snapshot);
            ExecutionLogCompiler.Refuse(stage, stageOrigin, errors);
            var throttling = new RouteThrottlingCompiler(api, api.Routes.Select(static route => route.RouteKey), stage, stageOrigin, usage.Account, errors);
            compiled.Routes = tree.Build(
                route => CompileRoute(route, compiled, throttling, CompileRateLimits(route, stage, stageOrigin)), snapshot.Cors is null ? null : CreatePreflight(compiled, snapshot.Cors));
            stages.Add(compiled);
        }

        return new CompiledApi(api, origin, snapshot, stages);
    }

    private ApiSnapshot CreateApi() => new()
    {
        Name = api.Name,
        Id = api.Id ?? api.Name,
        Kind = ApiKind.Http,
        DeploymentId = DeploymentId.Of(api),
        AccountId = identity.AccountId,
        Region = identity.Region,
        Partition = identity.Partition,
        ResponseIds = api.ResponseIds ?? true,
        IdHeaders = RequestIdHeaders.Http,
        HonorMethodOverride = false,
        DisableExecuteApiEndpoint = api.DisableExecuteApiEndpoint,
        MaxRequestBodyBytes = _routes.StreamsAny() ? long.MaxValue : ManagedLimits.PayloadBytes,
        Protocol = "HTTP/1.1",
        Limits = RequestLimits.Http,
        Errors = ErrorTable.Http,
        ErrorFormat = api.ErrorFormat,
        Cors = _cors?.Compile(),
    };

    private RouteSnapshot CompileRoute(RouteSource route, StageSnapshot stage, RouteThrottlingCompiler throttling, RateLimitPlans? rateLimits) => new()
    {
        Stage = stage,
        HttpMethod = route.HttpMethod,
        ResourcePath = route.ResourcePath,
        ResourceId = route.ResourceId,
        Key = route.Key,
        PathVariables = route.Variables,
        Authorization = _authorization.Compile(route, stage),
        EarlyThrottling = throttling.Compile(route),

        // They need to know who calls.
        Throttling = rateLimits is null ? null : new ThrottlingPlan(null, null, rateLimits),
        Integration = _routes.CompileIntegration(route, stage),
        Mapping = _routes.CompileMapping(route, stage),
    };

    private RateLimitPlans? CompileRateLimits(RouteSource route, StageDefinition stage, DefinitionOrigin stageOrigin) =>
        _rateLimits.Compile(api.RateLimits, origin, stage, stageOrigin, route.RateLimits, route.Origin, route.Key);

    // One for all paths that no route takes: it answers before anything else is asked.
    private static RouteSnapshot CreatePreflight(StageSnapshot stage, CorsPlan cors)
    {
        const string Everything = "*";
        return new RouteSnapshot
        {
            Stage = stage,
            HttpMethod = RouteMethod.Names[RouteMethod.Options],
            ResourcePath = Everything,
            ResourceId = StableId.Of(Everything),
            Key = $"OPTIONS {Everything}",
            PathVariables = [],
            Preflight = cors.Preflight,

            // For chains without the step that answers.
            Integration = new MockIntegrationPlan(TimeSpan.Zero, [new("application/json", 204, [], default)]),
        };
    }
}
