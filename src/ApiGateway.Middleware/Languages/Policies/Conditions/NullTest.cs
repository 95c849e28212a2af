namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Whether a key is absent.</summary>
internal sealed class NullTest(
    ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, bool acceptsAbsent, bool acceptsPresent)
    : ConditionTest(@operator, key, values)
{
    public override bool IsMet(PolicyKeySource keys) =>
        keys.TryGet(Key, out var value) && value.Count > 0 ? acceptsPresent : acceptsAbsent;
}
