using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles a WebSocket API: what it answers over HTTP goes into the same route tables as other APIs, its messages into a table of their own.</summary>
/// <remarks>Source: "API Gateway WebSocket APIs", and the API reference of Amazon API Gateway, version 2.</remarks>
internal sealed class WebSocketApiCompiler(
    WebSocketApiDefinition api, DefinitionOrigin origin, GatewayIdentity identity, HandlerTable handlers, TemplateLimits templateLimits,
    CompiledUsage usage, DefinitionErrors errors)
{
    private const string HandshakePath = "/";
    private const string ConnectionsPath = "/@connections/{connectionId}";
    private const string KeyInHeader = "request.header.x-api-key";
    private const string KeyFromAuthorizer = "context.authorizer.usageIdentifierKey";

    private static readonly string[] ConnectionMethods = ["POST", "GET", "DELETE"];

    private readonly AuthorizationPlanCompiler _authorization = new(api, null, origin, identity, handlers, errors);
    private readonly MessageValidationCompiler _validation = new(api, origin, errors);
    private readonly TransformationTemplates _templates = new(templateLimits, isExact: false, errors);
    private readonly MessageRouteRules _rules = new(api, origin, errors);

    public CompiledApi Compile()
    {
        var selection = CompileSelection();
        var keySource = CompileKeySource();
        WebSocketApiRules.Check(api, origin, errors);
        var routes = ReadRoutes();
        var snapshot = CreateApi();
        var connect = routes.Find(static route => route.Source.Key == MessageRouteRules.Connect);
        CheckKeySource(connect, keySource);
        if (api.Stages.Count == 0)
        {
            errors.Warn(origin.Child("Stages"), $"API '{api.Name}' has no stage, so nothing can reach it. Add one, such as \"dev\": {{}}.");
        }

        var stages = new List<StageSnapshot>();
        foreach (var (name, stage) in api.Stages)
        {
            var stageOrigin = stage.Origin ?? origin.Child("Stages").Child(name);
            WebSocketApiRules.Check(stage, stageOrigin, errors);
            var compiled = new StageCompiler(stage, stageOrigin, errors).Compile(snapshot);
            var throttling = new RouteThrottlingCompiler(api, api.Routes.Select(static route => route.RouteKey), stage, stageOrigin, usage.Account, errors);
            compiled.Routes = new ConnectionRouteTable(
                CompileHandshake(connect, compiled, throttling, connect?.Definition.ApiKeyRequired == true ? CompileKeys(stage, stageOrigin, keySource) : null),
                CompileConnections(compiled, throttling));
            compiled.Messages = CompileMessages(selection, routes, compiled, stage, throttling);
            stages.Add(compiled);
        }

        return new CompiledApi(api, origin, snapshot, stages);
    }

    private List<MessageRoute> ReadRoutes()
    {
        var routes = new List<MessageRoute>();
        foreach (var route in api.Routes)
        {
            if (_rules.Read(route) is not { } read)
            {
                continue;
            }

            if (routes.Exists(other => other.Source.Key == route.RouteKey))
            {
                errors.Add(read.Source.Origin, $"Another route has the key '{route.RouteKey}'. Remove one of them.");
                continue;
            }

            routes.Add(read);
        }

        return routes;
    }

    private SelectionExpression CompileSelection()
    {
        var at = origin.Child("RouteSelectionExpression");
        var text = api.RouteSelectionExpression is { Length: > 0 } written ? written : null;
        if (text is null)
        {
            errors.Add(at, "A WebSocket API needs an expression that gives the key of a message's route, such as '$request.body.action'.");
        }

        return SelectionCompiler.Compile(text, SelectionRoots.RequestBody, at, errors);
    }

    private ApiKeySource CompileKeySource()
    {
        if (api.ApiKeySelectionExpression is not { } text)
        {
            return ApiKeySource.Header;
        }

        switch (text)
        {
            case "$" + KeyInHeader or "${" + KeyInHeader + "}":
                return ApiKeySource.Header;
            case "$" + KeyFromAuthorizer or "${" + KeyFromAuthorizer + "}":
                return ApiKeySource.Authorizer;
            default:
                errors.Add(origin.Child("ApiKeySelectionExpression"), $"must be '${KeyInHeader}' or '${KeyFromAuthorizer}', but is '{text}'.");
                return ApiKeySource.Header;
        }
    }

    private void CheckKeySource(MessageRoute? connect, ApiKeySource source)
    {
        if (source == ApiKeySource.Authorizer && connect?.Definition is { ApiKeyRequired: true, AuthorizationType: not AuthorizationType.Custom })
        {
            errors.Warn(
                origin.Child("ApiKeySelectionExpression"),
                "'$connect' has no authorizer that could give a key, so every handshake is refused. Set its 'AuthorizationType' to CUSTOM, or take the key from the header.");
        }
    }

    private ApiSnapshot CreateApi() => new()
    {
        Name = api.Name,
        Id = api.Id ?? api.Name,
        Kind = ApiKind.WebSocket,
        DeploymentId = DeploymentId.Of(api),
        AccountId = identity.AccountId,
        Region = identity.Region,
        Partition = identity.Partition,
        ResponseIds = api.ResponseIds ?? true,
        IdHeaders = RequestIdHeaders.WebSocket,
        HonorMethodOverride = false,
        DisableExecuteApiEndpoint = api.DisableExecuteApiEndpoint,
        MaxRequestBodyBytes = ManagedLimits.PayloadBytes,
        Limits = RequestLimits.WebSocket,
        Errors = ErrorTable.WebSocket,
        ErrorFormat = api.ErrorFormat,
    };

    private ApiKeyPlan CompileKeys(StageDefinition stage, DefinitionOrigin stageOrigin, ApiKeySource source)
    {
        var keys = usage.KeysOf(api.Id ?? api.Name, stage.Name);
        if (keys.Count == 0)
        {
            errors.Warn(
                stageOrigin,
                $"'$connect' requires an API key, but no enabled key is in a usage plan with stage '{stage.Name}' of API '{api.Name}', so every handshake is refused. Add one under 'ApiKeys'.");
        }

        return new ApiKeyPlan(source, keys);
    }

    // Where there is no route, everybody may connect.
    private RouteSnapshot CompileHandshake(MessageRoute? connect, StageSnapshot stage, RouteThrottlingCompiler throttling, ApiKeyPlan? keys)
    {
        var source = (connect?.Source ?? new RouteSource
        {
            HttpMethod = RouteMethod.Names[0],
            ResourcePath = HandshakePath,
            ResourceId = StableId.Of(MessageRouteRules.Connect),
            Key = MessageRouteRules.Connect,
            Variables = [],
            Origin = origin.Child("Routes").Child(MessageRouteRules.Connect),
            RateLimits = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal),
        }) with
        {
            HttpMethod = RouteMethod.Names[0],
        };
        return new RouteSnapshot
        {
            Stage = stage,
            HttpMethod = source.HttpMethod,
            ResourcePath = HandshakePath,
            ResourceId = source.ResourceId,
            Key = source.Key,
            PathVariables = [],
            IsHandshake = true,
            Authorization = _authorization.Compile(source, stage),
            ApiKey = keys,
            EarlyThrottling = throttling.Compile(source, usage.Connections),

            // Limits of usage plans need to know the key.
            Throttling = keys is null ? null : new ThrottlingPlan(null, null),
            Integration = new ConnectPlan(),
        };
    }

    private Dictionary<int, RouteSnapshot> CompileConnections(StageSnapshot stage, RouteThrottlingCompiler throttling)
    {
        var routes = new Dictionary<int, RouteSnapshot>();
        if (!api.Connections.Enabled)
        {
            return routes;
        }

        foreach (var method in ConnectionMethods)
        {
            var source = new RouteSource
            {
                HttpMethod = method,
                ResourcePath = ConnectionsPath,
                ResourceId = StableId.Of(ConnectionsPath),
                Key = $"{method} {ConnectionsPath}",
                Variables = [.. ResourcePath.VariablesOf(ConnectionsPath).Select(static variable => variable with { IsDecoded = true })],
                Origin = api.Connections.Origin ?? origin.Child("Connections"),
                AuthorizationType = api.Connections.AuthorizationType,
                AuthorizerId = api.Connections.AuthorizerId,
                Action = PolicyAction.ManageConnections,
                RateLimits = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal),
            };
            routes[RouteMethod.Of(method)] = new RouteSnapshot
            {
                Stage = stage,
                HttpMethod = method,
                ResourcePath = ConnectionsPath,
                ResourceId = source.ResourceId,
                Key = source.Key,
                PathVariables = source.Variables,
                Authorization = _authorization.Compile(source, stage),
                EarlyThrottling = throttling.Compile(source),
                Integration = new ConnectionsPlan(),
            };
        }

        return routes;
    }

    private MessageTable CompileMessages(
        SelectionExpression selection, List<MessageRoute> routes, StageSnapshot stage, StageDefinition definition, RouteThrottlingCompiler throttling)
    {
        var variables = new StageVariablesObject(stage.Variables);
        var messages = new Dictionary<string, RouteSnapshot>(StringComparer.Ordinal);
        RouteSnapshot? connect = null, disconnect = null;
        foreach (var route in routes)
        {
            var snapshot = CompileMessage(route, stage, ExecutionLogCompiler.Compile(definition, route.Source.Key), variables, throttling);
            switch (route.Source.Key)
            {
                case MessageRouteRules.Connect:
                    connect = route.Source.Integration is null ? null : snapshot;
                    break;
                case MessageRouteRules.Disconnect:
                    disconnect = snapshot;
                    break;
                default:
                    messages[route.Source.Key] = snapshot;
                    break;
            }
        }

        return new MessageTable(selection, messages) { Connect = connect, Disconnect = disconnect };
    }

    private RouteSnapshot CompileMessage(
        MessageRoute route, StageSnapshot stage, ExecutionLogPlan? executionLog, StageVariablesObject variables, RouteThrottlingCompiler throttling)
    {
        var source = route.Source;
        var isLifecycle = source.Key is MessageRouteRules.Connect or MessageRouteRules.Disconnect;
        var isTwoWay = route.IsTwoWay && !isLifecycle;
        var transformation = source.Integration is not { } integration ? null
            : new MessageTransformationCompiler(api, integration, IntegrationPlanCompiler.OriginOf(source), stage, variables, _templates, errors).Compile(isLifecycle);
        return new RouteSnapshot
        {
            Stage = stage,
            HttpMethod = source.HttpMethod,
            ResourcePath = source.ResourcePath,
            ResourceId = source.ResourceId,
            Key = source.Key,
            PathVariables = [],
            EarlyThrottling = isLifecycle ? null : throttling.Compile(source),
            Validation = isLifecycle ? null : _validation.Compile(route.Definition, source.Origin),
            Integration = source.Integration is null
                ? new MockIntegrationPlan(TimeSpan.Zero, [])
                : new IntegrationPlanCompiler(
                    api, source, stage, IntegrationRules.WebSocket(isTwoWay || source.Key == MessageRouteRules.Connect), handlers, errors).Compile(transformation),
            Transformation = transformation,
            ExecutionLog = executionLog,
            Message = new MessagePlan
            {
                IsTwoWay = isTwoWay,
                DecidesByStatus = source.Integration?.Type is not (IntegrationKind.Http or IntegrationKind.Aws),
            },
        };
    }
}
