namespace ApiGateway.Middleware.Contracts;

/// <summary>Where a user pool is that is not with AWS: a test, or a private deployment; <c>ApiGateway:Jwt:UserPools:{id}</c> in configuration.</summary>
public sealed class UserPoolOptions
{
    /// <summary>Gets or sets the issuer, as it stands in <c>iss</c>.</summary>
    /// <value>The default is <c>https://cognito-idp.{region}.amazonaws.com/{id}</c>.</value>
    public string? Issuer { get; set; }

    /// <summary>Gets or sets the address of the key set: over https, or over http from the loopback address with <see cref="JwtOptions.AllowInsecureJwks"/>.</summary>
    /// <value>The default is <c>{issuer}/.well-known/jwks.json</c>.</value>
    public string? JwksUri { get; set; }
}
