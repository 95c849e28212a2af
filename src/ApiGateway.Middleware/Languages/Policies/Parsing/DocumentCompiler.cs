using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles the nodes of a document to statements and collects everything that is wrong.</summary>
internal sealed class DocumentCompiler(PolicyKind kind, PolicyOptions options, PolicyLimits limits, PolicyIssues issues)
{
    private const string WithVariables = "2012-10-17";
    private const string WithoutVariables = "2008-10-17";

    /// <summary>The statements; meaningless if errors were added.</summary>
    public IReadOnlyList<Statement> Compile(PolicyNode root)
    {
        if (root.Kind != PolicyNodeKind.Object)
        {
            issues.Error(root, $"a policy must be an object, but is {root.Found}.", "Give it a Version and a Statement.");
            return [];
        }

        var elements = new ElementReader(kind, limits, issues);
        elements.CheckNames(root, "Version", "Id", "Statement");
        elements.CheckText(root.Member("Id"), "Id");
        var statementCompiler = new StatementCompiler(kind, options, limits, elements, issues, HasVariables(root));

        var statements = new List<Statement>();
        foreach (var node in StatementNodes(root))
        {
            if (statementCompiler.Compile(node, statements.Count) is { } statement)
            {
                statements.Add(statement);
            }
        }

        foreach (var repeated in statements.Where(static s => s.Sid is { Length: > 0 }).GroupBy(static s => s.Sid).Where(static g => g.Count() > 1))
        {
            issues.Warn(
                root.Member("Statement")!,
                $"the Sid {PolicyIssues.Quote(repeated.Key!)} occurs {repeated.Count()} times.",
                "Give each statement a name of its own, so that logs tell them apart.");
        }

        return statements;
    }

    private bool HasVariables(PolicyNode root)
    {
        var version = root.Member("Version");
        if (version is null)
        {
            return false;
        }

        if (version.Kind != PolicyNodeKind.Text || version.Text is not (WithVariables or WithoutVariables))
        {
            issues.Error(
                version, $"must be '{WithVariables}' or '{WithoutVariables}', but is {version.Found}.", $"Write '{WithVariables}'.");
        }

        return version.Text == WithVariables;
    }

    private IReadOnlyList<PolicyNode> StatementNodes(PolicyNode root)
    {
        var member = root.Member("Statement");
        switch (member)
        {
            case null:
                issues.Error(root, "Statement is missing.", "Add a statement, or a list of statements.");
                return [];
            case { Kind: PolicyNodeKind.Object }:
                return [member];
            case { Kind: PolicyNodeKind.Array, Items.Count: 0 } when kind != PolicyKind.Authorizer:
                issues.Error(member, "the list of statements is empty.", "Add a statement, or remove the policy.");
                return [];
            case { Kind: PolicyNodeKind.Array } when member.Items.Count > limits.MaxStatements:
                issues.Error(
                    member,
                    $"must have at most {limits.MaxStatements} statements, but has {member.Items.Count}.",
                    "Put resources and actions together in lists.");
                return [];
            case { Kind: PolicyNodeKind.Array }:
                return member.Items;
            default:
                issues.Error(member, $"must be an object or a list of objects, but is {member.Found}.", "Write a statement.");
                return [];
        }
    }
}
