using System.Security.Claims;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>An identity that requests share, so nobody may add to it or take from it. <see cref="ClaimsIdentity.Clone"/> gives one of one's own.</summary>
internal sealed class SealedIdentity : ClaimsIdentity
{
    private readonly bool _isSealed;

    public SealedIdentity(IEnumerable<Claim> claims, string? authenticationType, string nameType, string roleType)
        : base(claims, authenticationType, nameType, roleType) => _isSealed = true;

    public override void AddClaim(Claim claim)
    {
        Refuse();
        base.AddClaim(claim);
    }

    public override void AddClaims(IEnumerable<Claim?> claims)
    {
        Refuse();
        base.AddClaims(claims);
    }

    public override bool TryRemoveClaim(Claim? claim)
    {
        Refuse();
        return base.TryRemoveClaim(claim);
    }

    public override void RemoveClaim(Claim? claim)
    {
        Refuse();
        base.RemoveClaim(claim);
    }

    // The base class makes one that can be changed.
    public override ClaimsIdentity Clone() => new(Claims, AuthenticationType, NameClaimType, RoleClaimType);

    // The base constructor may call the methods above before the object is made.
    private void Refuse()
    {
        if (_isSealed)
        {
            throw new InvalidOperationException(
                "The caller's identity is shared by requests and cannot be changed. Make a principal of your own from its Clone().");
        }
    }
}
