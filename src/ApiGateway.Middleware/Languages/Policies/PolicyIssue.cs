namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>Something wrong with a policy document.</summary>
/// <param name="Path">JSON path of the place.</param>
/// <param name="Rule">The rule that is broken, with the value found.</param>
/// <param name="Cure">What to do about it.</param>
internal readonly record struct PolicyIssue(string Path, string Rule, string Cure)
{
    public override string ToString() => $"Policy at '{Path}': {Rule} {Cure}";
}
