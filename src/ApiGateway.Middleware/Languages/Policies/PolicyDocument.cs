using System.Diagnostics.CodeAnalysis;
using System.Text;
using ApiGateway.Middleware.Languages.Policies.Explanation;
using ApiGateway.Middleware.Languages.Policies.Matching;
using ApiGateway.Middleware.Languages.Policies.Parsing;

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>A compiled IAM policy. Immutable, safe for parallel use.</summary>
/// <remarks>
/// See "Grammar of the IAM JSON policy language" and "Policy evaluation logic" in the IAM user guide. <c>?</c> matches one
/// UTF-16 unit.
/// </remarks>
internal sealed class PolicyDocument
{
    private readonly Statement[] _statements;
    private readonly Statement[] _denials;
    private readonly Statement[] _permissions;

    private PolicyDocument(PolicyKind kind, Statement[] statements)
    {
        Kind = kind;
        _statements = statements;
        _denials = [.. statements.Where(static statement => statement.Denies)];
        _permissions = [.. statements.Where(static statement => !statement.Denies)];
    }

    /// <summary>Gets where the document comes from.</summary>
    public PolicyKind Kind { get; }

    /// <summary>Gets how many statements there are.</summary>
    public int StatementCount => _statements.Length;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Compiles a document, or tells what is wrong. Never throws, whatever the bytes.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="kind">Where it comes from.</param>
    /// <param name="options">Limits, the API, further keys.</param>
    /// <param name="document">The compiled form, if there is no error.</param>
    /// <param name="issues">Errors, and warnings, which a document without errors may have, too.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, PolicyKind kind, PolicyOptions options, [NotNullWhen(true)] out PolicyDocument? document, out PolicyIssues issues)
    {
        document = null;
        issues = new PolicyIssues();
        var limits = options.Limits ?? PolicyLimits.For(kind);
        if (utf8.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        var length = limits.CountsBytes ? utf8.Length : Encoding.UTF8.GetCharCount(utf8);
        if (length > limits.MaxLength)
        {
            issues.Error(
                "$",
                $"a policy must have at most {limits.MaxLength} {(limits.CountsBytes ? "bytes" : "characters")}, but has {length}.",
                "Remove white space, or use wildcards.");
            return false;
        }

        if (PolicyReader.Read(utf8, limits.MaxDepth, issues) is not { } root)
        {
            return false;
        }

        var statements = new DocumentCompiler(kind, options, limits, issues).Compile(root);
        if (issues.Errors.Count > 0)
        {
            return false;
        }

        document = new PolicyDocument(kind, [.. statements]);
        return true;
    }

    /// <summary>The same for text in UTF-16.</summary>
    public static bool TryParse(
        string text, PolicyKind kind, PolicyOptions options, [NotNullWhen(true)] out PolicyDocument? document, out PolicyIssues issues) =>
        TryParse(Encoding.UTF8.GetBytes(text), kind, options, out document, out issues);

    /// <summary>What the document says about a request: a denial before all, then a permission, else neither.</summary>
    /// <remarks>Of several permissions the one counts that names the caller most closely. Allocates nothing.</remarks>
    public PolicyDecision Evaluate(in PolicyRequest request)
    {
        foreach (var statement in _denials)
        {
            var match = statement.Match(request);
            if (match != PrincipalMatch.None)
            {
                return new PolicyDecision(PolicyOutcome.ExplicitDeny, statement.Index, statement.Sid, match);
            }
        }

        var best = PolicyDecision.Neither;
        foreach (var statement in _permissions)
        {
            if (statement.Strength <= best.Match)
            {
                continue;
            }

            var match = statement.Match(request);
            if (match > best.Match)
            {
                best = new PolicyDecision(PolicyOutcome.Allow, statement.Index, statement.Sid, match);
            }
        }

        return best;
    }

    /// <summary>Tells of each statement why it applies or not. For debug logs: it allocates, and shows values of the request.</summary>
    public string Explain(in PolicyRequest request) => PolicyExplainer.Explain(_statements, Evaluate(request), request);
}
