namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>One entry of <c>Principal</c> or <c>NotPrincipal</c>.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Value">Account id, name of the role, ARN, or name of the service.</param>
/// <param name="Partition">Partition of a role.</param>
/// <param name="AccountId">Account of a role.</param>
internal sealed record PrincipalEntry(PrincipalEntryKind Kind, string Value, string Partition = "", string AccountId = "")
{
    /// <summary>Gets the closest match that the entry can make.</summary>
    public PrincipalMatch Strength => Kind switch
    {
        PrincipalEntryKind.Nobody => PrincipalMatch.None,
        PrincipalEntryKind.Everyone => PrincipalMatch.Everyone,
        PrincipalEntryKind.Account => PrincipalMatch.Account,
        PrincipalEntryKind.Role => PrincipalMatch.Role,
        _ => PrincipalMatch.Direct,
    };

    public bool Names(PolicyPrincipal caller)
    {
        if (Kind == PrincipalEntryKind.Everyone)
        {
            return true;
        }

        return caller.Type != PolicyPrincipalType.Anonymous && Kind switch
        {
            PrincipalEntryKind.Account => Value == caller.AccountId,
            PrincipalEntryKind.Role => Value == caller.RoleName && AccountId == caller.AccountId && Partition == caller.Partition,
            PrincipalEntryKind.Arn => Value == caller.Arn,
            PrincipalEntryKind.Service => Has(caller.Services),
            PrincipalEntryKind.Federated => Has(caller.Federated),
            PrincipalEntryKind.CanonicalUser => Has(caller.CanonicalUsers),
            _ => false,
        };
    }

    private bool Has(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == Value)
            {
                return true;
            }
        }

        return false;
    }
}
