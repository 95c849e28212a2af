namespace ApiGateway.Middleware.Definitions;

/// <summary>An issuer of tokens, and for whom his tokens must be meant.</summary>
/// <param name="issuer">The issuer, as it stands in <c>iss</c>: an address over https without query and fragment. Compared byte for byte, a
/// slash at the end included.</param>
public sealed class JwtIssuerDefinition(string issuer) : DefinitionNode
{
    /// <summary>Gets the issuer. His keys are found by way of <c>{issuer}/.well-known/openid-configuration</c> (OpenID Connect Discovery 1.0).</summary>
    public string Issuer { get; } = issuer;

    /// <summary>Gets the audiences, one of which a token must name in <c>aud</c>; from 1 to 50.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>Gets what else tokens must say. REST APIs only.</summary>
    public IList<JwtAdditionalClaimDefinition> AdditionalClaims { get; } = [];

    /// <summary>Gets or sets the address of the key set, for issuers without discovery document. Settings and code only.</summary>
    /// <value>The default is <see langword="null"/>: the <c>jwks_uri</c> of the discovery document. Over https, or over http from the loopback
    /// address if <c>ApiGateway:Jwt:AllowInsecureJwks</c> is set.</value>
    public string? JwksUri { get; set; }
}
