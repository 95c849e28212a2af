using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles a REST API: its stages, and in each the methods with that stage's variables filled in.</summary>
internal sealed class RestApiCompiler(
    RestApiDefinition api, DefinitionOrigin origin, GatewayIdentity identity, HandlerTable handlers, TemplateLimits templateLimits,
    CompiledUsage usage, DefinitionErrors errors)
{
    private readonly CorsPlanCompiler? _cors = api.Cors is { } cors ? new(cors, cors.Origin ?? origin.Child("Cors"), errors) : null;
    private readonly ValidationCompiler _validation = new(api, origin, errors);
    private readonly TransformationTemplates _templates = new(templateLimits, api.Profile == DefinitionProfile.Exact, errors);

    private readonly RateLimitCompiler _rateLimits = new(api.Id ?? api.Name, errors);
    private readonly AuthorizationPlanCompiler _authorization = new(api, origin, identity, handlers, errors);

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    public CompiledApi Compile()
    {
        var tree = new ResourceTree(errors);
        foreach (var method in api.Methods)
        {
            tree.Add(method, OriginOf(method));
        }

        var snapshot = CreateApi();
        NotInForce.Report(api, origin, errors);
        if (api.Stages.Count == 0 && !IsExact)
        {
            errors.Warn(origin.Child("Stages"), $"API '{api.Name}' has no stage, so nothing can reach it. Add one, such as \"dev\": {{}}.");
        }

        var stages = new List<StageSnapshot>();
        foreach (var (name, stage) in api.Stages)
        {
            var stageOrigin = stage.Origin ?? origin.Child("Stages").Child(name);
            var compiled = new StageCompiler(stage, stageOrigin, errors).Compile(snapshot);
            var throttling = new ThrottlingPlanCompiler(api, origin, stage, stageOrigin, usage.Account, _rateLimits, errors);
            var caching = new CachePlanCompiler(api, stage, origin, stageOrigin, errors);
            var keys = new ApiKeyPlanCompiler(api, stage, stageOrigin, usage, errors).Compile();
            var variables = new StageVariablesObject(compiled.Variables);
            compiled.Routes = tree.Build(
                method => CompileRoute(method, compiled, variables, throttling, caching, keys), _cors is null ? null : methods => CompilePreflight(methods, compiled));
            stages.Add(compiled);
        }

        return new CompiledApi(api, origin, snapshot, stages);
    }

    private ApiSnapshot CreateApi() => new()
    {
        Name = api.Name,
        Id = api.Id ?? api.Name,
        Kind = ApiKind.Rest,
        DeploymentId = DeploymentId.Of(api),
        AccountId = identity.AccountId,
        Region = identity.Region,
        Partition = identity.Partition,
        ResponseIds = api.ResponseIds ?? IsExact,
        HonorMethodOverride = api.HonorMethodOverride,
        DisableExecuteApiEndpoint = api.DisableExecuteApiEndpoint,
        MaxRequestBodyBytes = api.Methods.Any(method => method.Integration?.Streaming ?? !IsExact) ? long.MaxValue : ManagedLimits.PayloadBytes,
        GatewayResponses = new GatewayResponseCompiler(api, origin, errors).Compile(),
        ErrorFormat = api.ErrorFormat,
        Cors = _cors?.Compile(),
        Compression = CompressionPlanCompiler.Compile(api, origin, errors),
        BinaryMediaTypes = BinaryMediaTypes.Create(api.BinaryMediaTypes),
    };

    private RouteSnapshot CompileRoute(
        MethodDefinition method, StageSnapshot stage, StageVariablesObject stageVariables, ThrottlingPlanCompiler throttling, CachePlanCompiler caching,
        ApiKeyPlan? keys)
    {
        var methodOrigin = OriginOf(method);
        var variables = ResourcePath.VariablesOf(method.ResourcePath);
        var integration = new IntegrationPlanCompiler(
            api, method, methodOrigin, stage, variables, handlers, _templates, stageVariables, errors);
        return new RouteSnapshot
        {
            Stage = stage,
            HttpMethod = method.HttpMethod,
            ResourcePath = method.ResourcePath,
            ResourceId = StableId.Of(method.ResourcePath),
            Key = method.RouteKey,
            PathVariables = variables,
            Authorization = _authorization.Compile(method, methodOrigin, stage),
            ApiKey = method.ApiKeyRequired ? keys : null,
            Throttling = throttling.Compile(method, methodOrigin),
            Validation = _validation.Compile(method, methodOrigin, variables),
            Caching = caching.Compile(method, methodOrigin, variables),
            Integration = integration.Compile(),
            Transformation = integration.Transformation,
        };
    }

    private RouteSnapshot CompilePreflight(IReadOnlyCollection<MethodDefinition> methods, StageSnapshot stage)
    {
        var path = methods.First().ResourcePath;
        return new RouteSnapshot
        {
            Stage = stage,
            HttpMethod = RouteMethod.Names[RouteMethod.Options],
            ResourcePath = path,
            ResourceId = StableId.Of(path),
            Key = $"OPTIONS {path}",
            PathVariables = ResourcePath.VariablesOf(path),
            Preflight = _cors!.CompilePreflight(methods.Select(static method => method.HttpMethod)),

            // For chains without the step that answers.
            Integration = new MockIntegrationPlan(TimeSpan.Zero, [new("application/json", 204, [], default)]),
        };
    }

    private DefinitionOrigin OriginOf(MethodDefinition method) => method.Origin ?? origin.Child("Routes").Child(method.RouteKey);
}
