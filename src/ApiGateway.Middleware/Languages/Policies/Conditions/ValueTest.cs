namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>A condition that compares values. Derived classes compare one; this one knows absence, negation and sets.</summary>
internal abstract class ValueTest : ConditionTest
{
    private readonly bool _negated;
    private readonly bool _whenAbsent;
    private readonly ConditionQuantifier _quantifier;

    protected ValueTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values)
        : base(@operator, key, values)
    {
        _negated = @operator.Negated;
        _quantifier = @operator.Quantifier;
        _whenAbsent = @operator.IfExists || _quantifier switch
        {
            ConditionQuantifier.ForAnyValue => false,
            ConditionQuantifier.ForAllValues => true,
            _ => _negated,
        };
    }

    public sealed override bool IsMet(PolicyKeySource keys)
    {
        if (!keys.TryGet(Key, out var value) || value.Count == 0)
        {
            return _whenAbsent;
        }

        if (_quantifier == ConditionQuantifier.Plain)
        {
            return AnyMatches(value, keys) != _negated;
        }

        return value.IsEmptyText ? _whenAbsent : IsMetBySet(value, keys);
    }

    /// <summary>Whether one value of the request matches one of the policy's.</summary>
    protected abstract bool MatchesAny(in PolicyValue value, PolicyKeySource keys);

    private bool AnyMatches(in PolicyValue value, PolicyKeySource keys)
    {
        if (value.Kind != PolicyValueKind.Texts)
        {
            return MatchesAny(value, keys);
        }

        for (var i = 0; i < value.Count; i++)
        {
            if (MatchesAny(value[i], keys))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMetBySet(in PolicyValue value, PolicyKeySource keys)
    {
        var forAny = _quantifier == ConditionQuantifier.ForAnyValue;
        for (var i = 0; i < value.Count; i++)
        {
            if (MatchesAny(value[i], keys) != _negated == forAny)
            {
                return forAny;
            }
        }

        return !forAny;
    }
}
