using System.Security.Claims;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>A caller that many requests share: changing it would change other requests' callers. <see cref="Clone"/> gives one of one's own.</summary>
internal sealed class SealedPrincipal(SealedIdentity identity) : ClaimsPrincipal(identity)
{
    public static InvalidOperationException Sealed() =>
        new("The caller of a verified token is shared between requests and cannot be changed. Call Clone(), and change the copy.");

    public override void AddIdentity(ClaimsIdentity identity) => throw Sealed();

    public override void AddIdentities(IEnumerable<ClaimsIdentity> identities) => throw Sealed();

    public override ClaimsPrincipal Clone() => new(Identity is ClaimsIdentity one ? one.Clone() : new ClaimsIdentity());
}
