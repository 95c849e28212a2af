namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary><c>Principal</c> or <c>NotPrincipal</c> of a statement.</summary>
internal sealed class PrincipalSet
{
    private readonly PrincipalEntry[] _entries;
    private readonly bool _negated;
    private readonly bool _denies;

    public PrincipalSet(PrincipalEntry[] entries, bool negated, bool denies)
    {
        _entries = entries;
        _negated = negated;
        _denies = denies;
        Strength = negated ? PrincipalMatch.Everyone : entries.Select(static entry => entry.Strength).DefaultIfEmpty().Max();
    }

    /// <summary>Gets the closest match that the set can make.</summary>
    public PrincipalMatch Strength { get; }

    public PrincipalMatch Match(PolicyPrincipal caller)
    {
        if (_negated)
        {
            return IsExempt(caller) ? PrincipalMatch.None : PrincipalMatch.Everyone;
        }

        var best = PrincipalMatch.None;
        foreach (var entry in _entries)
        {
            if (entry.Strength > best && entry.Names(caller))
            {
                best = entry.Strength;
            }
        }

        return best;
    }

    /// <summary>Whether <c>NotPrincipal</c> leaves a caller out.</summary>
    private bool IsExempt(PolicyPrincipal caller)
    {
        var byAccount = false;
        var byName = false;
        foreach (var entry in _entries)
        {
            if (!entry.Names(caller))
            {
                continue;
            }

            switch (entry.Kind)
            {
                case PrincipalEntryKind.Account:
                    byAccount = true;
                    break;
                case PrincipalEntryKind.Role or PrincipalEntryKind.Arn:
                    byName = true;
                    break;
                default:
                    return true;
            }
        }

        // A denial spares a user or session only if its account is listed beside it: the account is a principal of its own.
        return _denies && caller.Type != PolicyPrincipalType.Account ? byAccount && byName : byAccount || byName;
    }
}
