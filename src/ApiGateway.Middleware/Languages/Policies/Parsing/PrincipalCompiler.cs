using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles <c>Principal</c> and <c>NotPrincipal</c>.</summary>
internal sealed class PrincipalCompiler(ElementReader elements, PolicyIssues issues)
{
    private const int AccountDigits = 12;

    public PrincipalSet Compile(PolicyNode node, bool denies)
    {
        var negated = node.Name == "NotPrincipal";
        var entries = new List<PrincipalEntry>();
        if (node.Kind == PolicyNodeKind.Object)
        {
            if (node.Items.Count == 0)
            {
                issues.Error(node, "the object is empty.", "Write '*', or { \"AWS\": … }.");
            }

            foreach (var member in node.Items)
            {
                Add(member, entries);
            }
        }
        else if (node is { Kind: PolicyNodeKind.Text, Text: "*" })
        {
            entries.Add(new PrincipalEntry(PrincipalEntryKind.Everyone, "*"));
        }
        else
        {
            issues.Error(node, $"must be '*' or an object, but is {node.Found}.", "Write { \"AWS\": … } around accounts and ARNs.");
        }

        if (negated && !denies)
        {
            issues.Warn(node, "NotPrincipal with Allow lets anonymous callers in.", "Name in Principal who is allowed.");
        }

        if (negated && entries.Exists(static entry => entry.Kind == PrincipalEntryKind.Everyone))
        {
            issues.Warn(node, "NotPrincipal leaves everyone out, so the statement never applies.", "Remove '*'.");
        }

        return new PrincipalSet([.. entries], negated, denies);
    }

    private void Add(PolicyNode member, List<PrincipalEntry> entries)
    {
        var kind = member.Name switch
        {
            "AWS" => PrincipalEntryKind.Arn,
            "Service" => PrincipalEntryKind.Service,
            "Federated" => PrincipalEntryKind.Federated,
            "CanonicalUser" => PrincipalEntryKind.CanonicalUser,
            _ => PrincipalEntryKind.Nobody,
        };
        if (kind == PrincipalEntryKind.Nobody)
        {
            issues.Error(member, "the kind of principal is unknown.", "Known are AWS, Service, Federated and CanonicalUser.");
            return;
        }

        foreach (var entry in elements.Texts(member))
        {
            if (kind == PrincipalEntryKind.Arn)
            {
                entries.Add(Aws(entry));
                continue;
            }

            if (entry.Text.Contains('*', StringComparison.Ordinal))
            {
                issues.Warn(entry, $"{entry.Found} has a wildcard, which is an ordinary character here.", "Write the whole name.");
            }

            entries.Add(new PrincipalEntry(kind, entry.Text));
        }
    }

    private PrincipalEntry Aws(PolicyNode entry)
    {
        var text = entry.Text;
        if (text == "*")
        {
            return new PrincipalEntry(PrincipalEntryKind.Everyone, text);
        }

        if (text.Length == AccountDigits && text.All(char.IsAsciiDigit))
        {
            return new PrincipalEntry(PrincipalEntryKind.Account, text);
        }

        if (text.AsSpan().ContainsAny('*', '?'))
        {
            issues.Warn(
                entry, $"{entry.Found} has a wildcard inside, so it names nobody.", "Name the account, and add a condition on aws:PrincipalArn.");
            return new PrincipalEntry(PrincipalEntryKind.Nobody, text);
        }

        if (!PolicyPrincipal.TryFromArn(text, out var named))
        {
            issues.Warn(
                entry,
                $"{entry.Found} names nobody.",
                "Write an account of 12 digits, or the ARN of a root, user, role, assumed-role or federated-user.");
            return new PrincipalEntry(PrincipalEntryKind.Nobody, text);
        }

        if (named.Type == PolicyPrincipalType.Account)
        {
            return new PrincipalEntry(PrincipalEntryKind.Account, named.AccountId!);
        }

        return ArnParts.TryParse(text, out var parts) && parts.Resource.StartsWith("role/", StringComparison.Ordinal)
            ? new PrincipalEntry(PrincipalEntryKind.Role, named.RoleName!, named.Partition!, named.AccountId!)
            : new PrincipalEntry(PrincipalEntryKind.Arn, text);
    }
}
