using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The validators of all authorizers. A reload that leaves an authorizer as it is loses none of its verified tokens.</summary>
internal sealed class JwtValidators(JwksProvider keys, JwtOptions options, TimeProvider time)
{
    // Grows with the definitions only.
    private readonly ConcurrentDictionary<string, JwtValidator> _validators = new(StringComparer.Ordinal);

    /// <summary>Gets the validator of an authorizer.</summary>
    public JwtValidator For(JwtPlan plan)
    {
        if (_validators.TryGetValue(plan.Name, out var known) && known.Plan.IsSameAs(plan))
        {
            return known;
        }

        // Requests of the old and the new definition may take turns for a moment: each gets the right one, only tokens are forgotten.
        var made = new JwtValidator(plan, keys.For, options.TokenCacheSize, time);
        _validators[plan.Name] = made;
        return made;
    }
}
