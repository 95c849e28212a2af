using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>A method of a REST API or a route of an HTTP API, as the compilers of plans see it: they need not know which.</summary>
internal sealed record RouteSource
{
    /// <summary>Gets the method, or <c>ANY</c>.</summary>
    public required string HttpMethod { get; init; }

    /// <summary>Gets the path with its variables in braces, or <c>$default</c>.</summary>
    public required string ResourcePath { get; init; }

    public required string ResourceId { get; init; }

    /// <summary>Gets the key as it was written: <c>GET /orders/{id}</c>.</summary>
    public required string Key { get; init; }

    public required PathVariable[] Variables { get; init; }

    public required DefinitionOrigin Origin { get; init; }

    public string? OperationName { get; init; }

    public AuthorizationType AuthorizationType { get; init; }

    public string? AuthorizerId { get; init; }

    public IList<string> AuthorizationScopes { get; init; } = [];

    /// <summary>Gets what callers want to do, as policies name it.</summary>
    public PolicyAction Action { get; init; } = PolicyAction.Invoke;

    /// <summary>Gets what the route's ARN has behind the stage, or <see langword="null"/> if that is method and path.</summary>
    public string? ArnResource { get; init; }

    public required IDictionary<string, RateLimitDefinition> RateLimits { get; init; }

    public IntegrationDefinition? Integration { get; init; }

    public static RouteSource Of(MethodDefinition method, DefinitionOrigin origin) => new()
    {
        HttpMethod = method.HttpMethod,
        ResourcePath = method.ResourcePath,
        ResourceId = StableId.Of(method.ResourcePath),
        Key = method.RouteKey,
        Variables = Compilation.ResourcePath.VariablesOf(method.ResourcePath),
        Origin = origin,
        OperationName = method.OperationName,
        AuthorizationType = method.AuthorizationType,
        AuthorizerId = method.AuthorizerId,
        AuthorizationScopes = method.AuthorizationScopes,
        RateLimits = method.RateLimits,
        Integration = method.Integration,
    };
}
