using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The handlers that <c>IN_PROCESS</c> integrations can name, and the functions that can be called.</summary>
internal sealed class HandlerTable(FrozenDictionary<string, RequestDelegate> handlers)
{
    public IEnumerable<string> Names => handlers.Keys;

    /// <summary>Gets the authorizers that definitions can name as their handlers.</summary>
    public FrozenDictionary<string, GatewayAuthorizer> Authorizers { get; init; } = FrozenDictionary<string, GatewayAuthorizer>.Empty;

    /// <summary>Gets the handlers that <c>IN_PROCESS</c> integrations of WebSocket APIs can name.</summary>
    public FrozenDictionary<string, Func<WebSocketMessage, ValueTask>> MessageHandlers { get; init; } =
        FrozenDictionary<string, Func<WebSocketMessage, ValueTask>>.Empty;

    /// <summary>Gets what tells whether a function can be called.</summary>
    public Func<LambdaFunctionName, bool> CanInvoke { get; init; } = static _ => false;

    /// <summary>Gets what finds an AWS service, or gives <see langword="null"/> if it can be called nowhere.</summary>
    public Func<AwsServiceName, AwsServiceServer?> FindService { get; init; } = static _ => null;

    /// <summary>Gets what finds a VPC link, or gives <see langword="null"/> if nobody knows it.</summary>
    public Func<string, VpcLinkResolver?> FindLink { get; init; } = static _ => null;

    /// <summary>Gets what finds the application's own way to carry out a service action, or gives <see langword="null"/>.</summary>
    public Func<string, ServiceAction?> FindAction { get; init; } = static _ => null;

    /// <summary>Gets the condition keys of policies that the application supplies, or <see langword="null"/> if there are none.</summary>
    public ConditionKeySet? ConditionKeys { get; init; }

    /// <summary>Gets whether keys of tokens may come over plain http from the loopback address.</summary>
    public bool AllowsInsecureKeys { get; init; }

    /// <summary>Gets how far the clocks of issuers may be from the gateway's.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Gets what is other than with AWS about user pools, by their ids.</summary>
    public IReadOnlyDictionary<string, UserPoolOptions> UserPools { get; init; } = FrozenDictionary<string, UserPoolOptions>.Empty;

    public bool TryGet(string name, out RequestDelegate? handler) => handlers.TryGetValue(name, out handler);
}
