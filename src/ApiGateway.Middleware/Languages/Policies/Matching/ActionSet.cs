namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary><c>Action</c> or <c>NotAction</c> of a statement.</summary>
internal sealed class ActionSet
{
    private readonly bool _negated;
    private readonly TextPattern[] _patterns;
    private readonly byte _known;

    public ActionSet(bool negated, TextPattern[] patterns)
    {
        _negated = negated;
        _patterns = patterns;
        foreach (var action in PolicyAction.Known)
        {
            if (MatchesAny(action) != negated)
            {
                _known |= action.Bit;
            }
        }
    }

    /// <summary>Gets whether it contains an action of the gateway.</summary>
    public bool ContainsKnown => _known != 0;

    public bool Contains(PolicyAction action) =>
        action.Bit != 0 ? (_known & action.Bit) != 0 : MatchesAny(action) != _negated;

    private bool MatchesAny(PolicyAction action)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.IsMatch(action.Name, PolicyKeySource.Empty))
            {
                return true;
            }
        }

        return false;
    }
}
