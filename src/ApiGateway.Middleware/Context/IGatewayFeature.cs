using System.Net;

namespace ApiGateway.Middleware.Context;

/// <summary>What the gateway knows of a request; read it with <c>HttpContext.Features.Get&lt;IGatewayFeature&gt;()</c>.</summary>
/// <remarks>Valid until the gateway's middleware returns. It is pooled: copy what you need for longer.</remarks>
public interface IGatewayFeature
{
    /// <summary>Gets the API's id.</summary>
    string ApiId { get; }

    /// <summary>Gets the API's name.</summary>
    string ApiName { get; }

    /// <summary>Gets the stage's name, or an empty text if no stage matched.</summary>
    string Stage { get; }

    /// <summary>Gets the matched resource's path, such as <c>/orders/{id}</c>, or <see langword="null"/> before routing or without a match.</summary>
    string? ResourcePath { get; }

    /// <summary>Gets the matched resource's id, or <see langword="null"/>.</summary>
    string? ResourceId { get; }

    /// <summary>Gets the matched route's key as it was written, such as <c>GET /orders/{id}</c> or <c>$default</c>, or <see langword="null"/>.</summary>
    string? RouteKey { get; }

    /// <summary>Gets the id of the request, <c>$context.requestId</c>: a UUID with REST APIs, sixteen characters with HTTP APIs. Made when it is first read.</summary>
    string RequestId { get; }

    /// <summary>Gets the caller's address: the transport's peer, or what trusted proxies say.</summary>
    IPAddress? SourceIp { get; }

    /// <summary>Gets who calls, <c>$context.authorizer.principalId</c>, or <see langword="null"/> if no authorizer has let anybody in.</summary>
    string? PrincipalId { get; }

    /// <summary>Gets what the authorizer says of the caller, <c>$context.authorizer.{name}</c>; empty without an authorizer.</summary>
    IReadOnlyDictionary<string, string> AuthorizerContext { get; }

    /// <summary>Gets the variables of the stage.</summary>
    IReadOnlyDictionary<string, string> StageVariables { get; }

    /// <summary>Gets the path variables: percent-encoded as they were received with REST APIs, decoded with HTTP APIs. Made when first read.</summary>
    IReadOnlyDictionary<string, string> PathParameters { get; }

    /// <summary>Gets one path variable, percent-encoded as it was received with REST APIs, decoded with HTTP APIs; or <see langword="null"/>.</summary>
    /// <param name="name">The variable's name, without braces and plus sign.</param>
    string? GetPathParameter(string name);
}
