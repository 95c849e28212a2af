using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles who may call: the policy once for the API, its authorizers once for each stage, a plan for each method that needs one.</summary>
internal sealed class AuthorizationPlanCompiler(
    RestApiDefinition api, DefinitionOrigin origin, GatewayIdentity identity, HandlerTable handlers, DefinitionErrors errors)
{
    private readonly Dictionary<(StageSnapshot Stage, string Name), AuthorizerPlan?> _authorizers = [];
    private readonly Dictionary<string, TokenPlan?> _tokens = new(StringComparer.Ordinal);
    private readonly string _arn = $"arn:{identity.Partition}:execute-api:{identity.Region}:{identity.AccountId}:{api.Id ?? api.Name}";
    private PolicyDocument? _policy;
    private bool _hasPolicy;

    /// <summary>Compiles the plan of a method, or gives <see langword="null"/> if everybody may call it.</summary>
    public AuthorizationPlan? Compile(MethodDefinition method, DefinitionOrigin methodOrigin, StageSnapshot stage)
    {
        var policy = Policy();
        var arnStart = $"{_arn}/{stage.Name}/";
        switch (method.AuthorizationType)
        {
            case AuthorizationType.None:
                return api.Policy is null ? null
                    : new AuthorizationPlan(policy is null ? AuthorizationKind.Closed : AuthorizationKind.Anonymous)
                    {
                        ResourcePolicy = policy,
                        ArnStart = arnStart,
                    };
            case AuthorizationType.Custom:
                var authorizer = Authorizer(method, methodOrigin, stage);
                return new AuthorizationPlan(authorizer is null ? AuthorizationKind.Closed : AuthorizationKind.Authorizer)
                {
                    ResourcePolicy = policy,
                    Authorizer = authorizer,
                    Event = authorizer is { Function: not null, IsToken: false } ? LambdaEventCompiler.Compile(method, stage) : null,
                    ArnStart = arnStart,
                };
            case AuthorizationType.AwsIam:
                return new AuthorizationPlan(IsLost(policy) ? AuthorizationKind.Closed : AuthorizationKind.Signature)
                {
                    ResourcePolicy = policy,
                    ArnStart = arnStart,
                };
            case AuthorizationType.CognitoUserPools or AuthorizationType.Jwt:
                var token = Token(method, methodOrigin);
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

    // A policy that has errors refuses the definition; until then nobody must take it for one that is not there.
    private bool IsLost(PolicyDocument? policy) => policy is null && api.Policy is not null;

    private PolicyDocument? Policy()
    {
        if (_hasPolicy || api.Policy is not { } text)
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

    private TokenPlan? Token(MethodDefinition method, DefinitionOrigin methodOrigin)
    {
        if (Find(method, methodOrigin) is not { } authorizer)
        {
            return null;
        }

        var isJwt = method.AuthorizationType == AuthorizationType.Jwt;
        var type = isJwt ? "JWT" : "COGNITO_USER_POOLS";
        if (authorizer.Type != type)
        {
            errors.Add(
                methodOrigin.Child("AuthorizerId"),
                $"With {type}, the authorizer must be of that type, but '{authorizer.Name}' is of type {authorizer.Type}.");
            return null;
        }

        if (!_tokens.TryGetValue(authorizer.Name, out var plan))
        {
            plan = isJwt
                ? new JwtPlanCompiler(api.Id ?? api.Name, authorizer, OriginOf(authorizer), JwtProfile.Rest, handlers, errors).Compile()
                : new UserPoolPlanCompiler(api, authorizer, OriginOf(authorizer), handlers, errors).Compile();
            _tokens[authorizer.Name] = plan;
        }

        return plan is null ? null : plan with { Scopes = [.. method.AuthorizationScopes] };
    }

    private DefinitionOrigin OriginOf(AuthorizerDefinition authorizer) => authorizer.Origin ?? origin.Child("Authorizers").Child(authorizer.Name);

    private AuthorizerDefinition? Find(MethodDefinition method, DefinitionOrigin methodOrigin)
    {
        if (method.AuthorizerId is not { } name || !api.Authorizers.TryGetValue(name, out var authorizer))
        {
            errors.Add(
                methodOrigin.Child("AuthorizerId"),
                "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer. " +
                $"It is '{method.AuthorizerId}'. Known: {(api.Authorizers.Count == 0 ? "none" : string.Join(", ", api.Authorizers.Keys))}.");
            return null;
        }

        return authorizer;
    }

    private AuthorizerPlan? Authorizer(MethodDefinition method, DefinitionOrigin methodOrigin, StageSnapshot stage)
    {
        if (Find(method, methodOrigin) is not { } authorizer)
        {
            return null;
        }

        var name = authorizer.Name;
        if (authorizer.Type is not ("TOKEN" or "REQUEST"))
        {
            errors.Add(
                methodOrigin.Child("AuthorizerId"),
                $"With CUSTOM, the authorizer must be of type TOKEN or REQUEST, but '{name}' is of type {authorizer.Type}.");
            return null;
        }

        if (!_authorizers.TryGetValue((stage, name), out var plan))
        {
            plan = new AuthorizerPlanCompiler(api, authorizer, OriginOf(authorizer), stage, handlers, errors).Compile();
            _authorizers[(stage, name)] = plan;
        }

        return plan;
    }
}
