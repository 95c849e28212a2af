namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>A condition of which nothing is known: met where it denies, not met where it allows.</summary>
internal sealed class UnknownTest(string name, bool denies)
    : ConditionTest(
        new ConditionOperator(name, ConditionFamily.Null, ConditionComparison.Equal, Negated: false, ConditionQuantifier.Plain, IfExists: false),
        PolicyKey.Of(name),
        [])
{
    public override bool IsMet(PolicyKeySource keys) => denies;
}
