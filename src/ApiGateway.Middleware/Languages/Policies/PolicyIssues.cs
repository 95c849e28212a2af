using ApiGateway.Middleware.Languages.Policies.Parsing;

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What is wrong with a policy document: errors make it invalid, warnings do not.</summary>
internal sealed class PolicyIssues
{
    // Enough to mend a document by; a hostile one must not make a long log.
    private const int MaxCount = 50;
    private const int MaxQuoted = 80;

    private readonly List<PolicyIssue> _errors = [];
    private readonly List<PolicyIssue> _warnings = [];

    /// <summary>Gets the first 50 errors.</summary>
    public IReadOnlyList<PolicyIssue> Errors => _errors;

    /// <summary>Gets the first 50 warnings.</summary>
    public IReadOnlyList<PolicyIssue> Warnings => _warnings;

    public void Error(string path, string rule, string cure) => Add(_errors, path, rule, cure);

    public void Error(PolicyNode node, string rule, string cure) => Add(_errors, node.Path, rule, cure);

    public void Warn(PolicyNode node, string rule, string cure) => Add(_warnings, node.Path, rule, cure);

    /// <summary>Text of the document as messages show it: short and in one line.</summary>
    public static string Quote(string text)
    {
        var cut = text.Length > MaxQuoted ? $"{text.AsSpan(0, MaxQuoted)}…" : text;
        return string.Create(cut.Length + 2, cut, static (span, cut) =>
        {
            span[0] = span[^1] = '\'';
            for (var i = 0; i < cut.Length; i++)
            {
                span[i + 1] = char.IsControl(cut[i]) || char.IsSurrogate(cut[i]) ? '\uFFFD' : cut[i];
            }
        });
    }

    private static void Add(List<PolicyIssue> issues, string path, string rule, string cure)
    {
        if (issues.Count < MaxCount)
        {
            issues.Add(new PolicyIssue(path, rule, cure));
        }
    }
}
