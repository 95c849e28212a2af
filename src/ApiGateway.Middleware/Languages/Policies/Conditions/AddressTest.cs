namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Whether an address lies in a block. What is no address lies in none.</summary>
internal sealed class AddressTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, AddressBlock[] blocks)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        if (!value.TryGetAddress(out var found))
        {
            return false;
        }

        foreach (var block in blocks)
        {
            if (block.Contains(found))
            {
                return true;
            }
        }

        return false;
    }
}
