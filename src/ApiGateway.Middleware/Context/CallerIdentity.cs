using System.Collections.Frozen;
using System.Security.Claims;

namespace ApiGateway.Middleware.Context;

/// <summary>Who calls, as far as the authorization step has found out. Immutable: remembered results share one.</summary>
internal sealed class CallerIdentity
{
    // Made when first needed. Two threads may make it at once; both make the same.
    private string? _fingerprint;

    /// <summary>Gets <c>$context.authorizer.principalId</c>, or <see langword="null"/> where there is no such variable.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Gets who calls as ASP.NET Core sees it, or <see langword="null"/> to leave <c>HttpContext.User</c> as it is.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>Gets <c>$context.authorizer.{name}</c>, without the principal's id.</summary>
    public FrozenDictionary<string, string> Values { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Gets <c>$context.authorizer.claims.{name}</c>, or <see langword="null"/> if no token was read.</summary>
    public FrozenDictionary<string, string>? Claims { get; init; }

    /// <summary>Gets the start of <c>requestContext.authorizer</c> in events: UTF-8 JSON, an object without its closing brace;
    /// empty if events have no such member.</summary>
    public byte[] EventStart { get; init; } = [];

    /// <summary>Gets whether events tell the time that the authorizer took.</summary>
    public bool HasLatency { get; init; }

    /// <summary>Gets the value of the API key that counts for the caller, or <see langword="null"/>.</summary>
    public string? UsageIdentifierKey { get; init; }

    /// <summary>Gets what a signed request says of its caller, or <see langword="null"/>.</summary>
    public SignedIdentity? Signed { get; init; }

    /// <summary>Gets a hash of all that tells this caller from others, or <see langword="null"/> if nothing does. Two tokens of one caller
    /// that say the same of them have the same.</summary>
    public string? Fingerprint => _fingerprint ??= CallerFingerprint.Of(this);

    /// <summary>Gets whether there is an object <c>$context.authorizer</c>.</summary>
    public bool HasAuthorizer => EventStart.Length > 0;
}
