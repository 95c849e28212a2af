using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Who may call a route; there is no plan where everybody may.</summary>
internal sealed class AuthorizationPlan(AuthorizationKind kind)
{
    public AuthorizationKind Kind { get; } = kind;

    /// <summary>Gets the API's policy, or <see langword="null"/>.</summary>
    public PolicyDocument? ResourcePolicy { get; init; }

    /// <summary>Gets who decides, for <see cref="AuthorizationKind.Authorizer"/>.</summary>
    public AuthorizerPlan? Authorizer { get; init; }

    /// <summary>Gets which tokens open the route, for <see cref="AuthorizationKind.Token"/>.</summary>
    public TokenPlan? Token { get; init; }

    /// <summary>Gets what is the same in each event that a function of type <c>REQUEST</c> gets.</summary>
    public LambdaEventPlan? Event { get; init; }

    /// <summary>Gets what is the same in each event of format 2.0 that a function gets.</summary>
    public LambdaHttpEventPlan? HttpEvent { get; init; }

    /// <summary>Gets what is the same in each event that a function of a WebSocket API gets.</summary>
    public MessageEventPlan? MessageEvent { get; init; }

    /// <summary>Gets what callers want to do, as policies name it.</summary>
    public PolicyAction Action { get; init; } = PolicyAction.Invoke;

    /// <summary>Gets what stands behind <see cref="ArnStart"/>, or <see langword="null"/> if that is the request's method and path.</summary>
    public string? Resource { get; init; }

    /// <summary>Gets the ARN of methods up to the HTTP method: <c>arn:{partition}:execute-api:{region}:{account}:{apiId}/{stage}/</c>.</summary>
    public required string ArnStart { get; init; }
}
