using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles one statement.</summary>
internal sealed class StatementCompiler(
    PolicyKind kind, PolicyOptions options, PolicyLimits limits, ElementReader elements, PolicyIssues issues, bool hasVariables)
{
    private readonly PrincipalCompiler _principals = new(elements, issues);
    private readonly ResourceCompiler _resources = new(kind, options, limits, elements, issues, hasVariables);
    private readonly ConditionCompiler _conditions = new(options, elements, issues, hasVariables);

    /// <summary>The statement, or <see langword="null"/> and errors.</summary>
    public Statement? Compile(PolicyNode node, int index)
    {
        if (node.Kind != PolicyNodeKind.Object)
        {
            issues.Error(node, $"a statement must be an object, but is {node.Found}.", "Write an object with Effect, Action and Resource.");
            return null;
        }

        elements.CheckNames(
            node, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition");
        elements.CheckText(node.Member("Sid"), "Sid");

        var denies = Denies(node);
        var principals = Principals(node, denies);
        var actions = Actions(node);
        var resources = elements.ExactlyOne(node, "Resource", "NotResource") is { } resource
            ? _resources.Compile(resource, resource.Name == "NotResource")
            : null;
        var conditions = _conditions.Compile(node.Member("Condition"), denies);
        if (actions is null || resources is null)
        {
            return null;
        }

        return new Statement
        {
            Index = index,
            Sid = node.Member("Sid")?.Text,
            Denies = denies,
            Principals = principals,
            Actions = actions,
            Resources = resources,
            Conditions = conditions,
        };
    }

    private bool Denies(PolicyNode node)
    {
        switch (node.Member("Effect"))
        {
            case null:
                issues.Error(node, "Effect is missing.", "Write 'Allow' or 'Deny'.");
                return true;
            case { Kind: PolicyNodeKind.Text, Text: "Allow" }:
                return false;
            case { Kind: PolicyNodeKind.Text, Text: "Deny" }:
                return true;
            case var other:
                issues.Error(other, $"must be 'Allow' or 'Deny' in exactly this case, but is {other.Found}.", "Write 'Allow' or 'Deny'.");
                return true;
        }
    }

    private PrincipalSet? Principals(PolicyNode node, bool denies)
    {
        if (kind is PolicyKind.Resource or PolicyKind.Endpoint)
        {
            return elements.ExactlyOne(node, "Principal", "NotPrincipal") is { } member ? _principals.Compile(member, denies) : null;
        }

        if ((node.Member("Principal") ?? node.Member("NotPrincipal")) is { } unwanted)
        {
            if (kind == PolicyKind.Authorizer)
            {
                issues.Warn(unwanted, "the policy of an authorizer is about its caller; principals are ignored.", "Remove it.");
            }
            else
            {
                issues.Error(unwanted, "the policy of an identity is about that identity and cannot name principals.", "Remove it.");
            }
        }

        return null;
    }

    private ActionSet? Actions(PolicyNode node)
    {
        if (elements.ExactlyOne(node, "Action", "NotAction") is not { } member)
        {
            return null;
        }

        var patterns = elements.Texts(member)
            .Select(static entry => TextPattern.Compile(entry.Text, PatternSyntax.Wildcards | PatternSyntax.IgnoreCase))
            .ToArray();
        if (patterns.Length == 0)
        {
            return null;
        }

        var actions = new ActionSet(member.Name == "NotAction", patterns);
        if (!actions.ContainsKnown && kind != PolicyKind.Identity)
        {
            issues.Warn(
                member,
                "no action of this gateway matches, so the statement never applies.",
                "Actions are execute-api:Invoke, execute-api:InvalidateCache and execute-api:ManageConnections.");
        }

        return actions;
    }
}
