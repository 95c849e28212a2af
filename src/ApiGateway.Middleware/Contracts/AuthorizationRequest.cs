using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Contracts;

/// <summary>What an authorizer inside the application may look at.</summary>
/// <remarks>
/// Where results are remembered, a decision is used for every request with the same <see cref="Identity"/>: whatever else it depends
/// on must be among the identity sources, or in the policy that is returned, which is evaluated anew for each request.
/// </remarks>
public readonly struct AuthorizationRequest
{
    private readonly IReadOnlyList<string>? _identity;

    /// <summary>Initializes a new instance of the <see cref="AuthorizationRequest"/> struct.</summary>
    /// <param name="httpContext">The request.</param>
    /// <param name="methodArn">The ARN of the method with the concrete path.</param>
    /// <param name="identity">The values of the identity sources, in their order.</param>
    public AuthorizationRequest(HttpContext httpContext, string methodArn, IReadOnlyList<string> identity)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(methodArn);
        ArgumentNullException.ThrowIfNull(identity);
        HttpContext = httpContext;
        MethodArn = methodArn;
        _identity = identity;
    }

    /// <summary>Gets the request. Its body is not for authorizers: what they read of it is gone.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Gets <c>arn:{partition}:execute-api:{region}:{account}:{apiId}/{stage}/{METHOD}/{path}</c>, the path decoded once.</summary>
    public string MethodArn { get; }

    /// <summary>Gets the values of the identity sources, in their order; repeated headers or query parameters joined with commas.</summary>
    /// <value>None is empty: without its identity a request does not reach the authorizer.</value>
    public IReadOnlyList<string> Identity => _identity ?? [];

    /// <summary>Gets the first identity value, for authorizers of type <c>TOKEN</c> the header as it was sent; empty if there is none.</summary>
    public string Token => _identity is { Count: > 0 } values ? values[0] : "";

    /// <summary>Gets the authorizer's name in the definition.</summary>
    public string AuthorizerName { get; init; } = "";

    /// <summary>Gets the API's id.</summary>
    public string ApiId { get; init; } = "";

    /// <summary>Gets the stage's name.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Gets the matched resource's path, such as <c>/orders/{id}</c>.</summary>
    public string ResourcePath { get; init; } = "";
}
