namespace ApiGateway.Middleware.Contracts;

/// <summary>Where an API key is read; <c>ApiKeySourceType</c> of <c>AWS::ApiGateway::RestApi</c>.</summary>
public enum ApiKeySource
{
    /// <summary><c>HEADER</c>: the request header <c>x-api-key</c>. The default.</summary>
    Header,

    /// <summary><c>AUTHORIZER</c>: the authorizer's answer.</summary>
    Authorizer,
}
