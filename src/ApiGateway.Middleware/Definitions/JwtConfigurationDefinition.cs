namespace ApiGateway.Middleware.Definitions;

/// <summary>Which tokens an authorizer of type <c>JWT</c> takes; <c>JwtConfiguration</c> of <c>AWS::ApiGateway::Authorizer</c> and of
/// <c>AWS::ApiGatewayV2::Authorizer</c>.</summary>
/// <remarks>An authorizer of an HTTP API has one issuer, no additional claims, and takes RSA signatures only.</remarks>
public sealed class JwtConfigurationDefinition : DefinitionNode
{
    /// <summary>Gets the algorithms of signatures that are taken: <c>RS256</c>, <c>RS384</c>, <c>RS512</c>, <c>PS256</c>, <c>PS384</c>, <c>PS512</c>,
    /// <c>ES256</c>, <c>ES384</c>, <c>ES512</c> (RFC 7518, section 3.1).</summary>
    /// <value>Empty stands for <c>RS256</c> on REST APIs, and for <c>RS256</c>, <c>RS384</c> and <c>RS512</c> on HTTP APIs.</value>
    public IList<string> DefaultAlgorithms { get; } = [];

    /// <summary>Gets the issuers whose tokens are good; at least one.</summary>
    public IList<JwtIssuerDefinition> Issuers { get; } = [];
}
