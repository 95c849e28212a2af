using System.Runtime.InteropServices;
using System.Security.Claims;

namespace ApiGateway.Middleware.Contracts;

/// <summary>The decision of an authorizer. The default value refuses with 403.</summary>
/// <remarks>Made with <see cref="Allow(string)"/>, <see cref="Deny"/> and <see cref="Unauthorized"/>; extended with <c>with</c>.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuthorizationResult
{
    /// <summary>Gets what is decided.</summary>
    public AuthorizationOutcome Outcome { get; private init; }

    /// <summary>Gets who calls, <c>$context.authorizer.principalId</c>; not empty where the caller is let in.</summary>
    public string? PrincipalId { get; private init; }

    /// <summary>Gets who calls as ASP.NET Core sees it, <c>HttpContext.User</c>.</summary>
    /// <value>The default, <see langword="null"/>, makes one of <see cref="PrincipalId"/> and <see cref="Context"/>.</value>
    public ClaimsPrincipal? Principal { get; init; }

    /// <summary>Gets what backends, templates and logs may read as <c>$context.authorizer.{name}</c>.</summary>
    /// <value>The default is nothing. The name <c>principalId</c> loses to <see cref="PrincipalId"/>.</value>
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    /// <summary>Gets an IAM policy as JSON text, which narrows what the caller may call; it is evaluated for each request.</summary>
    /// <value>The default, <see langword="null"/>, allows every method that asks this authorizer. A policy that is not valid refuses with 500.</value>
    public string? Policy { get; init; }

    /// <summary>Gets the value of the API key that counts for the caller, where the API reads keys from authorizers.</summary>
    public string? UsageIdentifierKey { get; init; }

    /// <summary>Gets how long the decision may be remembered.</summary>
    /// <value>The default is what the definition says; it can be made shorter, down to zero for not at all, never longer.</value>
    public TimeSpan? CacheFor { get; init; }

    /// <summary>Lets the caller in.</summary>
    /// <param name="principalId">Who calls.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException"><paramref name="principalId"/> is empty.</exception>
    public static AuthorizationResult Allow(string principalId)
    {
        ArgumentException.ThrowIfNullOrEmpty(principalId);
        return new AuthorizationResult { Outcome = AuthorizationOutcome.Allowed, PrincipalId = principalId };
    }

    /// <summary>Lets the caller in.</summary>
    /// <param name="principal">Who calls. Its name, or its claim <c>sub</c> or name identifier, becomes <see cref="PrincipalId"/>.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">The principal has none of these claims.</exception>
    public static AuthorizationResult Allow(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var id = principal.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? principal.FindFirst("sub")?.Value ?? principal.Identity?.Name;
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException("The principal has neither a name nor a claim 'sub'. Give an id to 'Allow(string)' instead.", nameof(principal));
        }

        return Allow(id) with { Principal = principal };
    }

    /// <summary>Refuses a caller who may be known, with 403.</summary>
    /// <param name="principalId">Who calls, for logs, or <see langword="null"/>.</param>
    /// <returns>The decision.</returns>
    public static AuthorizationResult Deny(string? principalId = null) => new() { PrincipalId = principalId };

    /// <summary>Refuses a caller who is not known, with 401. Never remembered.</summary>
    /// <returns>The decision.</returns>
    public static AuthorizationResult Unauthorized() => new() { Outcome = AuthorizationOutcome.Unauthorized };
}
