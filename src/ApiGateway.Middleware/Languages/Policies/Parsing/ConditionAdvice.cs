using ApiGateway.Middleware.Languages.Policies.Conditions;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Warns about conditions that are lawful but hardly meant.</summary>
internal sealed class ConditionAdvice(PolicyOptions options, PolicyIssues issues)
{
    public void CheckKey(PolicyNode node, PolicyKey key, ConditionOperator @operator)
    {
        if (PolicyKeys.Find(key.Name, options.AdditionalKeys) is not { } info)
        {
            issues.Warn(node, $"no request has the key {PolicyIssues.Quote(key.Name)}.", "Correct the name, or supply the key.");
            return;
        }

        if (@operator.Family == ConditionFamily.Null || info.IsOfHost)
        {
            return;
        }

        var single = @operator.Quantifier == ConditionQuantifier.Plain;
        if (info.IsMultiValued && single)
        {
            issues.Warn(
                node,
                $"{info.Name} may have several values; '{@operator.Text}' is met if {(@operator.Negated ? "none" : "any")} matches.",
                "Write 'ForAnyValue:' or 'ForAllValues:' before the operator.");
        }
        else if (!info.IsMultiValued && !single)
        {
            issues.Warn(node, $"{info.Name} has one value; '{@operator.Text}' is meant for several.", "Remove the part before the colon.");
        }

        if (!Fits(@operator.Family, info.Type))
        {
            issues.Warn(node, $"'{@operator.Text}' does not suit {info.Name}, which is of the type {info.Type}.", "Use an operator of that type.");
        }
    }

    /// <summary>Warns if a permission depends on nothing but what any client can send.</summary>
    public void CheckAllow(PolicyNode block, List<ConditionTest> tests)
    {
        if (tests.Count > 0 && tests.TrueForAll(test => PolicyKeys.Find(test.Key.Name, options.AdditionalKeys) is { IsForgeable: true }))
        {
            issues.Warn(block, $"any client can send any {tests[0].Key.Name}, so this protects nothing.", "Add a condition on the address or the caller.");
        }
    }

    // Text operators compare any value by its text.
    private static bool Fits(ConditionFamily family, PolicyKeyType type) => family switch
    {
        ConditionFamily.Number => type is PolicyKeyType.Number or PolicyKeyType.DateOrNumber or PolicyKeyType.Text,
        ConditionFamily.Date => type is PolicyKeyType.Date or PolicyKeyType.DateOrNumber or PolicyKeyType.Text,
        ConditionFamily.Bool => type is PolicyKeyType.Bool or PolicyKeyType.Text,
        ConditionFamily.Address => type is PolicyKeyType.Address or PolicyKeyType.Text,
        ConditionFamily.Arn => type is PolicyKeyType.Arn or PolicyKeyType.Text,
        _ => true,
    };
}
