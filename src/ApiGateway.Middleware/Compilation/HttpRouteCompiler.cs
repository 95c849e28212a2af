using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the routes of an HTTP API, finds what answers them, and compiles it for each stage.</summary>
internal sealed class HttpRouteCompiler(HttpApiDefinition api, DefinitionOrigin origin, HandlerTable handlers, DefinitionErrors errors)
{
    // A route without anything to ask fails at each request, as with the managed service.
    private static readonly IntegrationPlan Nothing = new MockIntegrationPlan(TimeSpan.Zero, []);

    // Routes can share one, of which everything is told once.
    private readonly HashSet<IntegrationDefinition> _checked = [];

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    /// <summary>Tells whether any route streams, so that no body is too large for the API as a whole.</summary>
    public bool StreamsAny() => api.Routes.Any(route => FindIntegration(route)?.Streaming ?? !IsExact);

    /// <summary>Reads a route, or gives <see langword="null"/> and tells what is wrong with its key.</summary>
    public RouteSource? Read(RouteDefinition route)
    {
        var at = route.Origin ?? origin.Child("Routes").Child(route.RouteKey);
        if (HttpRouteKey.Read(route.RouteKey, at, errors) is not var (method, path))
        {
            return null;
        }

        CheckTarget(route, at);
        CheckScopes(route, at);
        if (FindIntegration(route) is { Type: not (IntegrationKind.Http or IntegrationKind.Aws or IntegrationKind.Mock) } integration && _checked.Add(integration))
        {
            CheckMembers(integration, integration.Origin ?? at.Child("Integration"));
        }

        return new RouteSource
        {
            HttpMethod = method,
            ResourcePath = path,
            ResourceId = StableId.Of(path),
            Key = route.RouteKey,
            Variables = path == HttpRouteKey.Default
                ? [] : [.. ResourcePath.VariablesOf(path).Select(static variable => variable with { IsDecoded = true })],
            Origin = at,
            OperationName = route.OperationName,
            AuthorizationType = route.AuthorizationType,
            AuthorizerId = route.AuthorizerId,
            AuthorizationScopes = route.AuthorizationScopes,
            RateLimits = route.RateLimits,
            Integration = FindIntegration(route),
        };
    }

    public IntegrationPlan CompileIntegration(RouteSource route, StageSnapshot stage)
    {
        if (route.Integration is not { } integration)
        {
            return Nothing;
        }

        if (integration.Type is IntegrationKind.Http or IntegrationKind.Aws or IntegrationKind.Mock)
        {
            Refuse(
                (integration.Origin ?? route.Origin.Child("Integration")).Child("Type"),
                "HTTP APIs have integrations of type HTTP_PROXY and AWS_PROXY, and in settings and code IN_PROCESS, but this is another one.",
                "Requests will fail with 500.");
            return Nothing;
        }

        return new IntegrationPlanCompiler(api, route, stage, IntegrationRules.Http(IsExact), handlers, errors).Compile(null);
    }

    /// <summary>Compiles how single parameters change, or gives <see langword="null"/> if none does.</summary>
    public ParameterMappingPlan? CompileMapping(RouteSource route, StageSnapshot stage)
    {
        // With a subtype, the parameters are those of the action.
        if (route.Integration is not { IntegrationSubtype: null } integration)
        {
            return null;
        }

        var at = IntegrationPlanCompiler.OriginOf(route);
        var plan = new ParameterMappingCompiler(at, stage, errors).Compile(integration.RequestParameters, integration.ResponseParameters);
        if (plan is { ChangesResponses: true } && integration.Type == IntegrationKind.InProcess)
        {
            errors.Add(at.Child("ResponseParameters"), "The application writes its own responses. Set headers there, and remove the mapping.");
        }

        return plan;
    }

    private IntegrationDefinition? FindIntegration(RouteDefinition route) => RouteTarget.Find(route, api.Integrations);

    private void CheckTarget(RouteDefinition route, DefinitionOrigin at)
    {
        if (route is { Target: null, Integration: null })
        {
            errors.Warn(at, $"The route has neither 'Target' nor 'Integration'. Requests will fail with 500.");
        }

        RouteTarget.Check(route, api.Integrations, at, errors);
    }

    private void CheckScopes(RouteDefinition route, DefinitionOrigin at)
    {
        if (route.AuthorizationScopes.Count > 0
            && route.AuthorizationType is AuthorizationType.None or AuthorizationType.AwsIam or AuthorizationType.Custom)
        {
            errors.Add(at.Child("AuthorizationScopes"), "Authorization scopes are for routes with a JWT authorizer. Remove them, or set 'AuthorizationType'.");
        }
    }

    // Else somebody would rely on what nothing carries out.
    private void CheckMembers(IntegrationDefinition integration, DefinitionOrigin at)
    {
        const string NoBodies = "HTTP APIs do not transform bodies";
        const string NoCache = "HTTP APIs do not cache responses";
        foreach (var (member, isThere, reason) in (ReadOnlySpan<(string, bool, string)>)
            [
                ("RequestTemplates", integration.RequestTemplates.Count > 0, NoBodies),
                ("IntegrationResponses", integration.IntegrationResponses.Count > 0, $"{NoBodies}; map headers and status with 'ResponseParameters'"),
                ("PassthroughBehavior", integration.PassthroughBehavior != default, NoBodies),
                ("ContentHandling", integration.ContentHandling != ContentHandling.None, NoBodies),
                ("CacheNamespace", integration.CacheNamespace is not null, NoCache),
                ("CacheKeyParameters", integration.CacheKeyParameters.Count > 0, NoCache),
            ])
        {
            if (isThere)
            {
                Refuse(at.Child(member), $"{reason}. Remove '{member}', or use a REST API.", "It has no effect.");
            }
        }
    }

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin at, string message, string consequence)
    {
        if (IsExact)
        {
            errors.Warn(at, $"{message} {consequence}");
        }
        else
        {
            errors.Add(at, message);
        }
    }
}
