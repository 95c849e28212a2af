using System.Security.Claims;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>An identity that many requests share. <see cref="ClaimsIdentity.Clone"/> gives one that can be changed.</summary>
internal sealed class SealedIdentity(IEnumerable<Claim> claims, string nameType, string roleType)
    : ClaimsIdentity(claims, "JWT", nameType, roleType)
{
    public override void AddClaim(Claim claim) => throw SealedPrincipal.Sealed();

    public override void AddClaims(IEnumerable<Claim?> claims) => throw SealedPrincipal.Sealed();

    public override void RemoveClaim(Claim? claim) => throw SealedPrincipal.Sealed();

    public override bool TryRemoveClaim(Claim? claim) => throw SealedPrincipal.Sealed();

    public override ClaimsIdentity Clone() => new(this);
}
