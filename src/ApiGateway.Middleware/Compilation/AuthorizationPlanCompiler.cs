using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles who may call: the policy once for the API, its authorizers once for each stage, a plan for each route that needs one.</summary>
/// <remarks>HTTP APIs have no policy: <c>policyText</c> is then <see langword="null"/>.</remarks>
internal sealed class AuthorizationPlanCompiler(
    ApiDefinition api, string? policyText, DefinitionOrigin origin, GatewayIdentity identity, HandlerTable handlers, DefinitionErrors errors)
{
    private readonly Dictionary<(StageSnapshot Stage, string Name), AuthorizerPlan?> _authorizers = [];
    private readonly Dictionary<string, TokenPlan?> _tokens = new(StringComparer.Ordinal);
    private readonly string _arn = $"arn:{identity.Partition}:execute-api:{identity.Region}:{identity.AccountId}:{api.Id ?? api.Name}";
    private PolicyDocument? _policy;
    private bool _hasPolicy;

    private bool IsHttp => api.Kind == ApiKind.Http;

    private bool IsWebSocket => api.Kind == ApiKind.WebSocket;

    /// <summary>Compiles the plan of a route, or gives <see langword="null"/> if everybody may call it.</summary>
    public AuthorizationPlan? Compile(RouteSource route, StageSnapshot stage)
    {
        var policy = Policy();
        var arnStart = $"{_arn}/{stage.Name}/";
        switch (route.AuthorizationType)
        {
            case AuthorizationType.None:
                return policyText is null ? null
                    : new AuthorizationPlan(policy is null ? AuthorizationKind.Closed : AuthorizationKind.Anonymous)
                    {
                        ResourcePolicy = policy,
                        ArnStart = arnStart,
                    };
            case AuthorizationType.Custom:
                var authorizer = Authorizer(route, stage);
                return new AuthorizationPlan(authorizer is null ? AuthorizationKind.Closed : AuthorizationKind.Authorizer)
                {
                    ResourcePolicy = policy,
                    Authorizer = authorizer,
                    Event = authorizer is { Function: not null } ? EventOf(authorizer.EventForm, route, stage) : null,
                    MessageEvent = authorizer is { Function: not null, EventForm: AuthorizerEventForm.Connect }
                        ? LambdaEventCompiler.CompileMessage(route.Key, readsAnswer: true, stage) : null,
                    Action = route.Action,
                    Resource = route.ArnResource,
                    HttpEvent = authorizer is { Function: not null, EventForm: AuthorizerEventForm.Http2 }
                        ? LambdaEventCompiler.CompileHttp(route.Key, stage) : null,
                    ArnStart = arnStart,
                };
            case AuthorizationType.AwsIam:
                return new AuthorizationPlan(IsLost(policy) ? AuthorizationKind.Closed : AuthorizationKind.Signature)
                {
                    Action = route.Action,
                    Resource = route.ArnResource,
                    ResourcePolicy = policy,
                    ArnStart = arnStart,
                };
            case AuthorizationType.CognitoUserPools or AuthorizationType.Jwt:
                var token = Token(route);
                return new AuthorizationPlan(token is null || IsLost(policy) ? AuthorizationKind.Closed : AuthorizationKind.Token)
                {
                    ResourcePolicy = policy,
                    Token = token,
                    ArnStart = arnStart,
                };
            default:
                return new AuthorizationPlan(AuthorizationKind.Closed) { ArnStart = arnStart };
        }
    }

    private static LambdaEventPlan? EventOf(AuthorizerEventForm form, RouteSource route, StageSnapshot stage) => form switch
    {
        AuthorizerEventForm.Request => LambdaEventCompiler.Compile(route, stage),
        AuthorizerEventForm.Http1 => LambdaEventCompiler.CompileHttpAuthorizer(route.Key, route.ResourcePath, stage),
        _ => null,
    };

    // A policy that has errors refuses the definition; until then nobody must take it for one that is not there.
    private bool IsLost(PolicyDocument? policy) => policy is null && policyText is not null;

    private PolicyDocument? Policy()
    {
        if (_hasPolicy || policyText is not { } text)
        {
            return _policy;
        }

        _hasPolicy = true;
        _ = PolicyDocument.TryParse(text, PolicyKind.Resource, new PolicyOptions { ApiArn = _arn, AdditionalKeys = handlers.ConditionKeys?.Known ?? [] }, out _policy, out var issues);
        var at = origin.Child("Policy");
        foreach (var issue in issues.Errors)
        {
            errors.Add(at, issue.ToString());
        }

        foreach (var issue in issues.Warnings)
        {
            errors.Warn(at, issue.ToString());
        }

        return _policy;
    }

    private TokenPlan? Token(RouteSource route)
    {
        if (IsWebSocket)
        {
            errors.Add(
                route.Origin.Child("AuthorizationType"),
                "WebSocket APIs know NONE, AWS_IAM and CUSTOM. Let an authorizer of type REQUEST check tokens; its 'Handler' can be code of the application.");
            return null;
        }

        var isJwt = route.AuthorizationType == AuthorizationType.Jwt;
        if (IsHttp && !isJwt)
        {
            errors.Add(
                route.Origin.Child("AuthorizationType"),
                "HTTP APIs have no COGNITO_USER_POOLS. Use JWT, with the issuer 'https://cognito-idp.{region}.amazonaws.com/{user pool id}'.");
            return null;
        }

        if (Find(route) is not { } authorizer)
        {
            return null;
        }

        var type = isJwt ? "JWT" : "COGNITO_USER_POOLS";
        if (authorizer.Type != type)
        {
            errors.Add(
                route.Origin.Child("AuthorizerId"),
                $"With {type}, the authorizer must be of that type, but '{authorizer.Name}' is of type {authorizer.Type}.");
            return null;
        }

        if (!_tokens.TryGetValue(authorizer.Name, out var plan))
        {
            plan = isJwt
                ? new JwtPlanCompiler(api.Id ?? api.Name, authorizer, OriginOf(authorizer), IsHttp ? JwtProfile.Http : JwtProfile.Rest, handlers, errors).Compile()
                : new UserPoolPlanCompiler(api, authorizer, OriginOf(authorizer), handlers, errors).Compile();
            _tokens[authorizer.Name] = plan;
        }

        return plan is null ? null : plan with { Scopes = [.. route.AuthorizationScopes] };
    }

    private DefinitionOrigin OriginOf(AuthorizerDefinition authorizer) => authorizer.Origin ?? origin.Child("Authorizers").Child(authorizer.Name);

    private AuthorizerDefinition? Find(RouteSource route)
    {
        if (route.AuthorizerId is not { } name || !api.Authorizers.TryGetValue(name, out var authorizer))
        {
            errors.Add(
                route.Origin.Child("AuthorizerId"),
                "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer. " +
                $"It is '{route.AuthorizerId}'. Known: {(api.Authorizers.Count == 0 ? "none" : string.Join(", ", api.Authorizers.Keys))}.");
            return null;
        }

        return authorizer;
    }

    private AuthorizerPlan? Authorizer(RouteSource route, StageSnapshot stage)
    {
        if (Find(route) is not { } authorizer)
        {
            return null;
        }

        var name = authorizer.Name;
        if (authorizer.Type != "REQUEST" && (IsHttp || IsWebSocket || authorizer.Type != "TOKEN"))
        {
            if (!IsWebSocket)
            {
                errors.Add(
                    route.Origin.Child("AuthorizerId"),
                    $"With CUSTOM, the authorizer must be of type {(IsHttp ? "REQUEST" : "TOKEN or REQUEST")}, but '{name}' is of type {authorizer.Type}.");
            }

            // WebSocket APIs have no other type at all, which is told of the authorizer itself.
            return null;
        }

        if (!_authorizers.TryGetValue((stage, name), out var plan))
        {
            var at = OriginOf(authorizer);
            plan = IsWebSocket ? new ConnectAuthorizerCompiler(api, authorizer, at, stage, handlers, errors).Compile()
                : IsHttp ? new HttpAuthorizerPlanCompiler(api, authorizer, at, stage, handlers, errors).Compile()
                : new AuthorizerPlanCompiler(api, authorizer, at, stage, handlers, errors).Compile();
            _authorizers[(stage, name)] = plan;
        }

        return plan;
    }
}
