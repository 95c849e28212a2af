namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Reads the elements of a policy: names, texts, and lists that may be one value.</summary>
internal sealed class ElementReader(PolicyKind kind, PolicyLimits limits, PolicyIssues issues)
{
    /// <summary>Adds an issue for every member whose name is not allowed.</summary>
    public void CheckNames(PolicyNode node, params ReadOnlySpan<string> allowed)
    {
        foreach (var member in node.Items)
        {
            if (allowed.Contains(member.Name!))
            {
                continue;
            }

            if (kind == PolicyKind.Authorizer)
            {
                issues.Warn(member, "the element is unknown and ignored.", "Remove it.");
                continue;
            }

            var cure = $"Remove it; known are {string.Join(", ", allowed)}.";
            foreach (var name in allowed)
            {
                if (name.Equals(member.Name, StringComparison.OrdinalIgnoreCase))
                {
                    cure = $"Write '{name}': names of elements are case-sensitive.";
                }
            }

            issues.Error(member, "the element is unknown.", cure);
        }
    }

    /// <summary>Adds an issue if an element is there but no text.</summary>
    public void CheckText(PolicyNode? node, string name)
    {
        if (node is { Kind: not PolicyNodeKind.Text })
        {
            issues.Error(node, $"{name} must be text, but is {node.Found}.", "Write a string.");
        }
    }

    /// <summary>The one member of two that is there, or <see langword="null"/> and an error.</summary>
    public PolicyNode? ExactlyOne(PolicyNode node, string name, string opposite)
    {
        var first = node.Member(name);
        var second = node.Member(opposite);
        if (first is null == second is null)
        {
            issues.Error(
                node,
                $"a statement must have exactly one of {name} and {opposite}, but has {(first is null ? "none" : "both")}.",
                first is null ? $"Add {name}." : "Remove one of them.");
            return null;
        }

        return first ?? second;
    }

    /// <summary>The texts of an element that is a string or a list of strings; none, and an error, if it is neither.</summary>
    public IReadOnlyList<PolicyNode> Texts(PolicyNode node) => Values(node, allowsScalars: false, allowsNone: false);

    /// <summary>The values of a condition: strings, numbers and truth values, perhaps none.</summary>
    public IReadOnlyList<PolicyNode> Scalars(PolicyNode node) => Values(node, allowsScalars: true, allowsNone: true);

    private IReadOnlyList<PolicyNode> Values(PolicyNode node, bool allowsScalars, bool allowsNone)
    {
        var wanted = allowsScalars ? "a string, a number, a truth value or a list of these" : "a string or a list of strings";
        if (node.Kind != PolicyNodeKind.Array)
        {
            if (IsWanted(node, allowsScalars))
            {
                return [node];
            }

            issues.Error(node, $"must be {wanted}, but is {node.Found}.", "Write a string.");
            return [];
        }

        if (node.Items.Count > limits.MaxValues)
        {
            issues.Error(
                node, $"must have at most {limits.MaxValues} entries, but has {node.Items.Count}.", "Use wildcards, or several statements.");
            return [];
        }

        if (node.Items.Count == 0 && !allowsNone)
        {
            issues.Error(node, "the list is empty.", "Add an entry.");
        }

        foreach (var item in node.Items)
        {
            if (!IsWanted(item, allowsScalars))
            {
                issues.Error(item, $"must be {(allowsScalars ? "a string, a number or a truth value" : "a string")}, but is {item.Found}.", "Write a string.");
                return [];
            }
        }

        return node.Items;
    }

    private static bool IsWanted(PolicyNode node, bool allowsScalars) =>
        allowsScalars ? node.IsValue : node.Kind == PolicyNodeKind.Text;
}
