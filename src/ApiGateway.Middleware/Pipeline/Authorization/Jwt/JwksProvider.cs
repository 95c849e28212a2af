using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The keys of all issuers, kept across reloads: authorizers with one issuer share its keys, if they fetch them by the same rules.</summary>
internal sealed class JwksProvider(IJwksFetcher fetcher, JwtOptions options, TimeProvider time, IJwksEvents events)
{
    // Grows with the definitions only.
    private readonly ConcurrentDictionary<(string Issuer, string? Address, JwtKeyRules Rules), JwksCache> _caches = new();

    /// <summary>Gets the keys of an issuer.</summary>
    public JwksCache For(JwtIssuerPlan issuer) => _caches.GetOrAdd(
        (issuer.Issuer, issuer.JwksUri?.AbsoluteUri, issuer.KeyRules),
        static (_, state) => new JwksCache(state.issuer, state.fetcher, state.options, state.time, state.events),
        (issuer, fetcher, options, time, events));
}
