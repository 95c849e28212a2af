namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which tokens open a method.</summary>
/// <param name="Name">The authorizer's name.</param>
/// <param name="Source">The header or query parameter with the token.</param>
/// <param name="Jwt">Which tokens the authorizer takes; one for all methods.</param>
internal sealed record TokenPlan(string Name, IdentitySource Source, JwtPlan Jwt)
{
    /// <summary>Gets the scopes of the method, one of which is enough; none where the method has none.</summary>
    public string[] Scopes { get; init; } = [];
}
