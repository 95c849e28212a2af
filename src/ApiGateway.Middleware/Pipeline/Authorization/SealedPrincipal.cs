using System.Security.Claims;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>A principal that requests share. <see cref="ClaimsPrincipal.Clone"/> gives one of one's own.</summary>
internal sealed class SealedPrincipal : ClaimsPrincipal
{
    private readonly bool _isSealed;

    private SealedPrincipal(IEnumerable<ClaimsIdentity> identities)
        : base(identities) => _isSealed = true;

    /// <summary>The principal of a caller of whom an authorizer tells some values, and maybe an id.</summary>
    public static SealedPrincipal Of(string authorizer, string? principalId, IReadOnlyDictionary<string, string> values)
    {
        var claims = new List<Claim>(values.Count + 2);
        if (principalId is not null)
        {
            claims.Add(new(ClaimTypes.NameIdentifier, principalId));
            claims.Add(new(ClaimTypes.Name, principalId));
        }

        foreach (var (name, value) in values)
        {
            // What an authorizer calls by these names must not speak for the id.
            if (name is not (ClaimTypes.NameIdentifier or ClaimTypes.Name))
            {
                claims.Add(new Claim(name, value));
            }
        }

        return new SealedPrincipal([new SealedIdentity(claims, authorizer, ClaimTypes.Name, ClaimTypes.Role)]);
    }

    /// <summary>The principal of one identity.</summary>
    public static SealedPrincipal Of(SealedIdentity identity) => new([identity]);

    /// <summary>Copies a principal that the application made.</summary>
    public static SealedPrincipal Of(ClaimsPrincipal principal) => new(
        [.. principal.Identities.Select(static identity =>
            new SealedIdentity(identity.Claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType))]);

    public override void AddIdentity(ClaimsIdentity identity)
    {
        Refuse();
        base.AddIdentity(identity);
    }

    public override void AddIdentities(IEnumerable<ClaimsIdentity> identities)
    {
        Refuse();
        base.AddIdentities(identities);
    }

    public override ClaimsPrincipal Clone() => new(Identities.Select(static identity => identity.Clone()));

    private void Refuse()
    {
        if (_isSealed)
        {
            throw new InvalidOperationException("The caller is shared by requests and cannot be changed. Make a principal of your own with Clone().");
        }
    }
}
