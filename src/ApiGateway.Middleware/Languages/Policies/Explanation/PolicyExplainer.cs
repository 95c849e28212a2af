using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Languages.Policies.Conditions;
using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Explanation;

/// <summary>Writes why the statements of a document apply to a request or not.</summary>
internal static class PolicyExplainer
{
    private const int MaxValues = 10;

    public static string Explain(IReadOnlyList<Statement> statements, PolicyDecision decision, in PolicyRequest request)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{decision.Outcome}: {request.Action.Name} on {PolicyIssues.Quote(request.Resource.ToString())} by {Caller(request.Principal)}");
        foreach (var statement in statements)
        {
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"  statement {statement.Index}");
            if (statement.Sid is { Length: > 0 } sid)
            {
                text.Append(' ').Append(PolicyIssues.Quote(sid));
            }

            text.Append(statement.Denies ? " (Deny): " : " (Allow): ");
            AppendReason(text, statement, request);
        }

        return text.ToString();
    }

    private static void AppendReason(StringBuilder text, Statement statement, in PolicyRequest request)
    {
        var match = statement.Match(request);
        if (match != PrincipalMatch.None)
        {
            text.Append("applies");
            if (statement.Principals is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $", names the caller by {match}");
            }

            return;
        }

        text.Append("does not apply:");
        var separator = " ";
        if (!statement.Actions.Contains(request.Action))
        {
            Add(text, ref separator, "the action does not match");
        }

        if (!statement.Resources.Contains(request.Resource, request.Keys))
        {
            Add(text, ref separator, "the resource does not match");
        }

        if (statement.Principals is { } principals && principals.Match(request.Principal) == PrincipalMatch.None)
        {
            Add(text, ref separator, "the principal does not match");
        }

        foreach (var condition in statement.Conditions)
        {
            if (!condition.IsMet(request.Keys))
            {
                Add(text, ref separator, Describe(condition, request.Keys));
            }
        }
    }

    private static string Describe(ConditionTest condition, PolicyKeySource keys) =>
        $"{condition.Operator.Text} {PolicyIssues.Quote(condition.Key.Name)} is not met: the policy has {List(condition.Values)}, the request {Found(condition.Key, keys)}";

    private static string Found(PolicyKey key, PolicyKeySource keys)
    {
        if (!keys.TryGet(key, out var value) || value.Count == 0)
        {
            return "nothing";
        }

        var texts = new List<string>();
        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        for (var i = 0; i < value.Count && i <= MaxValues; i++)
        {
            texts.Add(value[i].GetText(scratch).ToString());
        }

        return List(texts);
    }

    private static string List(IReadOnlyList<string> values)
    {
        var shown = string.Join(", ", values.Take(MaxValues).Select(PolicyIssues.Quote));
        return values.Count > MaxValues ? $"{shown}, …" : shown.Length == 0 ? "no value" : shown;
    }

    private static string Caller(PolicyPrincipal principal) =>
        principal.Type == PolicyPrincipalType.Anonymous ? "anonymous" : PolicyIssues.Quote(principal.Arn ?? principal.Type.ToString());

    private static void Add(StringBuilder text, ref string separator, string reason)
    {
        text.Append(separator).Append(reason);
        separator = "; ";
    }
}
