using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;

namespace ApiGateway.Middleware.Context;

/// <summary>The owner of an access key, ready for requests. Immutable: made once for each credential.</summary>
internal sealed class SignedCaller
{
    public required SigV4Credential Credential { get; init; }

    /// <summary>Gets the owner as policies name it.</summary>
    public required PolicyPrincipal Principal { get; init; }

    /// <summary>Gets the value of <c>aws:PrincipalArn</c>: of a session, the role.</summary>
    public required string PrincipalArn { get; init; }

    /// <summary>Gets the owner's own policies.</summary>
    public required IdentityPolicies Policies { get; init; }

    public required CallerIdentity Identity { get; init; }

    /// <summary>Gets the tags; names ignore case.</summary>
    public FrozenDictionary<string, string> Tags { get; init; } = FrozenDictionary<string, string>.Empty;
}
