namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares instants, as ticks of UTC. What is no date matches nothing.</summary>
internal sealed class DateTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, long[] instants)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        if (!value.TryGetInstant(out var found))
        {
            return false;
        }

        foreach (var instant in instants)
        {
            if (OrderTest.Holds(Operator.Comparison, found.CompareTo(instant)))
            {
                return true;
            }
        }

        return false;
    }
}
