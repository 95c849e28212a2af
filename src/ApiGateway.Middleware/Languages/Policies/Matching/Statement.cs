using ApiGateway.Middleware.Languages.Policies.Conditions;

namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>One compiled statement.</summary>
internal sealed class Statement
{
    public required int Index { get; init; }

    public required string? Sid { get; init; }

    public required bool Denies { get; init; }

    /// <summary>Gets who, or <see langword="null"/> in documents without principals.</summary>
    public required PrincipalSet? Principals { get; init; }

    public required ActionSet Actions { get; init; }

    public required ResourceSet Resources { get; init; }

    public required ConditionTest[] Conditions { get; init; }

    /// <summary>Gets the closest match that the statement can make.</summary>
    public PrincipalMatch Strength => Principals?.Strength ?? PrincipalMatch.Everyone;

    /// <summary>How closely the statement names the caller if it applies to the request; none if it does not apply.</summary>
    public PrincipalMatch Match(in PolicyRequest request)
    {
        if (!Actions.Contains(request.Action) || !Resources.Contains(request.Resource, request.Keys))
        {
            return PrincipalMatch.None;
        }

        var match = Principals?.Match(request.Principal) ?? PrincipalMatch.Everyone;
        if (match == PrincipalMatch.None)
        {
            return PrincipalMatch.None;
        }

        foreach (var condition in Conditions)
        {
            if (!condition.IsMet(request.Keys))
            {
                return PrincipalMatch.None;
            }
        }

        return match;
    }
}
