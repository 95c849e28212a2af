using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>What a security scheme of a document asks of callers.</summary>
/// <param name="Type">Who may call.</param>
/// <param name="Authorizer">The authorizer, if the scheme has one.</param>
/// <param name="IsApiKey">Whether callers need an API key.</param>
internal sealed record SecurityScheme(AuthorizationType Type, AuthorizerDefinition? Authorizer = null, bool IsApiKey = false)
{
    /// <summary>A scheme that the gateway has no means to check.</summary>
    public static readonly SecurityScheme Unchecked = new(AuthorizationType.None);

    /// <summary>A scheme of type <c>openIdConnect</c>, of which the import does not say for whom tokens must be meant.</summary>
    public static readonly SecurityScheme WithoutAudiences = new(AuthorizationType.None);

    public bool HasEffect => Type != AuthorizationType.None || IsApiKey;
}
