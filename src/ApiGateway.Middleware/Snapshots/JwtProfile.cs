namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which claims a token must have.</summary>
internal enum JwtProfile
{
    /// <summary><c>COGNITO_USER_POOLS</c>: <c>token_use</c> decides, audiences only if client ids are configured.</summary>
    UserPool,

    /// <summary><c>JWT</c> of REST APIs: an audience of the issuer, and its additional claims.</summary>
    Rest,

    /// <summary><c>JWT</c> of HTTP APIs: as <see cref="Rest"/>, but <c>client_id</c> stands in where there is no <c>aud</c>.</summary>
    Http,
}
