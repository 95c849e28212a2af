using ApiGateway.Middleware.Languages.Policies.Conditions;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles the condition block of a statement.</summary>
internal sealed class ConditionCompiler(PolicyOptions options, ElementReader elements, PolicyIssues issues, bool hasVariables)
{
    private readonly ConditionValueCompiler _values = new(issues, hasVariables);
    private readonly ConditionAdvice _advice = new(options, issues);

    public ConditionTest[] Compile(PolicyNode? block, bool denies)
    {
        if (block is null)
        {
            return [];
        }

        if (block.Kind != PolicyNodeKind.Object)
        {
            issues.Error(block, $"must be an object of operators, but is {block.Found}.", "Write { \"StringEquals\": { \"key\": \"value\" } }.");
            return [];
        }

        var tests = new List<ConditionTest>();
        foreach (var member in block.Items)
        {
            if (!ConditionOperator.TryParse(member.Name!, out var @operator))
            {
                if (options.ClosesUnknownConditions)
                {
                    tests.Add(new UnknownTest(member.Name!, denies));
                    continue;
                }

                issues.Error(
                    member,
                    $"the operator {PolicyIssues.Quote(member.Name!)} is unknown.",
                    $"Known are {string.Join(", ", ConditionOperator.Names.Order(StringComparer.Ordinal))}, with 'ForAnyValue:' or 'ForAllValues:' before and 'IfExists' after all but Null.");
            }
            else if (member.Kind != PolicyNodeKind.Object)
            {
                issues.Error(member, $"must be an object of keys, but is {member.Found}.", "Write { \"key\": \"value\" }.");
            }
            else
            {
                AddKeys(member, @operator, denies, tests);
            }
        }

        if (!denies)
        {
            _advice.CheckAllow(block, tests);
        }

        return [.. tests];
    }

    private void AddKeys(PolicyNode member, ConditionOperator @operator, bool denies, List<ConditionTest> tests)
    {
        foreach (var node in member.Items)
        {
            var key = PolicyKey.Of(node.Name!);
            var values = elements.Scalars(node);
            if (values.Count == 0 && node is { Kind: PolicyNodeKind.Array, Items.Count: 0 })
            {
                issues.Warn(node, "the list is empty, so nothing equals it.", "Add a value.");
            }

            _advice.CheckKey(node, key, @operator);
            var isUnknown = options.ClosesUnknownConditions && PolicyKeys.Find(key.Name, options.AdditionalKeys) is null;
            tests.Add(isUnknown ? new UnknownTest(key.Name, denies) : _values.Compile(@operator, key, values));
        }
    }
}
