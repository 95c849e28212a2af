using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles <c>Resource</c> and <c>NotResource</c>.</summary>
internal sealed class ResourceCompiler(
    PolicyKind kind, PolicyOptions options, PolicyLimits limits, ElementReader elements, PolicyIssues issues, bool hasVariables)
{
    private const string ShortForm = "execute-api:/";

    /// <summary>The set, or <see langword="null"/> and errors.</summary>
    public ResourceSet? Compile(PolicyNode member, bool negated)
    {
        var patterns = new List<ArnPattern>();
        foreach (var entry in elements.Texts(member))
        {
            if (entry.Text.Length > limits.MaxResourceLength)
            {
                issues.Error(
                    entry, $"must have at most {limits.MaxResourceLength} characters, but has {entry.Text.Length}.", "Use wildcards.");
            }
            else if (Expand(entry) is { } text)
            {
                var pattern = ArnPattern.Compile(text, hasVariables ? ArnVariables.InResource : ArnVariables.Nowhere);
                Check(entry, pattern);
                patterns.Add(pattern);
            }
        }

        return patterns.Count == 0 ? null : new ResourceSet(negated, [.. patterns]);
    }

    private string? Expand(PolicyNode entry)
    {
        if (kind != PolicyKind.Resource || !entry.Text.StartsWith(ShortForm, StringComparison.Ordinal))
        {
            return entry.Text;
        }

        if (options.ApiArn is null)
        {
            issues.Error(entry, $"the short form {entry.Found} needs an API to stand for.", "Write the whole ARN.");
            return null;
        }

        return $"{options.ApiArn}/{entry.Text.AsSpan(ShortForm.Length)}";
    }

    private void Check(PolicyNode entry, ArnPattern pattern)
    {
        const string Cure = "Write arn:aws:execute-api:region:account:api-id/stage/METHOD/path, with wildcards where needed.";
        if (pattern.MatchesAll)
        {
            return;
        }

        if (pattern.MatchesNothing)
        {
            issues.Warn(entry, $"{entry.Found} has fewer than six parts, so it matches no request.", Cure);
            return;
        }

        if (pattern.Resource.IsExact && pattern.Resource.Prefix.AsSpan().Count('/') < 2 && kind != PolicyKind.Identity)
        {
            issues.Warn(entry, $"{entry.Found} has neither stage nor wildcard, so it matches no request.", Cure);
        }
        else if (kind == PolicyKind.Resource && IsForeign(pattern))
        {
            issues.Warn(entry, $"{entry.Found} matches no request of {options.ApiArn}.", $"Write '{ShortForm}…', which stands for this API.");
        }
    }

    private bool IsForeign(ArnPattern pattern)
    {
        if (!ArnParts.TryParse(options.ApiArn, out var api))
        {
            return false;
        }

        var id = $"{api.Resource}/";
        return !pattern.MatchesBeginning(api, PolicyKeySource.Empty)
            || !(pattern.Resource.Prefix.StartsWith(id, StringComparison.Ordinal) || id.StartsWith(pattern.Resource.Prefix, StringComparison.Ordinal));
    }
}
