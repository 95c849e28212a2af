namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares numbers. What is no number matches nothing.</summary>
internal sealed class NumberTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, decimal[] numbers)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        if (!value.TryGetNumber(out var found))
        {
            return false;
        }

        foreach (var number in numbers)
        {
            if (OrderTest.Holds(Operator.Comparison, found.CompareTo(number)))
            {
                return true;
            }
        }

        return false;
    }
}
