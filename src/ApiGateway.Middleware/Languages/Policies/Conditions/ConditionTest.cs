namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>One key of a condition: an operator, the key, and the values of the policy.</summary>
internal abstract class ConditionTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values)
{
    public ConditionOperator Operator { get; } = @operator;

    public PolicyKey Key { get; } = key;

    /// <summary>Gets the values as the policy writes them, for explanations.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>Whether the request meets the condition.</summary>
    public abstract bool IsMet(PolicyKeySource keys);
}
