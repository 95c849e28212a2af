using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

internal static class TestPolicy
{
    public const string ApiArn = "arn:aws:execute-api:us-east-1:123456789012:abc123";
    public const string Pets = $"{ApiArn}/dev/GET/pets";

    public static PolicyOptions Options { get; } = new() { ApiArn = ApiArn };

    /// <summary>Compiles a document that must be valid; single quotes stand for double ones.</summary>
    public static PolicyDocument Compile(string json, PolicyKind kind = PolicyKind.Resource)
    {
        var valid = PolicyDocument.TryParse(Json(json), kind, Options, out var document, out var issues);
        Assert.True(valid, string.Join(Environment.NewLine, issues.Errors));
        return document!;
    }

    public static PolicyIssues Errors(string json, PolicyKind kind = PolicyKind.Resource)
    {
        Assert.False(PolicyDocument.TryParse(Json(json), kind, Options, out var document, out var issues));
        Assert.Null(document);
        Assert.NotEmpty(issues.Errors);
        return issues;
    }

    public static IReadOnlyList<PolicyIssue> Warnings(string json, PolicyKind kind = PolicyKind.Resource)
    {
        Assert.True(PolicyDocument.TryParse(Json(json), kind, Options, out _, out var issues), string.Join(Environment.NewLine, issues.Errors));
        return issues.Warnings;
    }

    /// <summary>A document of one statement that allows, with one condition.</summary>
    public static PolicyDocument Condition(string condition) => Compile(Statement("'Condition':" + condition), PolicyKind.Identity);

    public static string Statement(string rest) =>
        $$"""{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*',{{rest}} } }""";

    public static PolicyDecision Evaluate(
        PolicyDocument document, string arn = Pets, PolicyPrincipal? caller = null, PolicyKeySource? keys = null, PolicyAction? action = null) =>
        document.Evaluate(Request(arn, caller, keys, action));

    public static bool Allows(
        PolicyDocument document, string arn = Pets, PolicyPrincipal? caller = null, PolicyKeySource? keys = null, PolicyAction? action = null) =>
        Evaluate(document, arn, caller, keys, action).Outcome == PolicyOutcome.Allow;

    public static PolicyRequest Request(
        string arn = Pets, PolicyPrincipal? caller = null, PolicyKeySource? keys = null, PolicyAction? action = null)
    {
        Assert.True(ArnParts.TryParse(arn, out var parts));
        return new PolicyRequest(action ?? PolicyAction.Invoke, parts, caller ?? PolicyPrincipal.Anonymous, keys ?? PolicyKeySource.Empty);
    }

    public static PolicyPrincipal Caller(string arn)
    {
        Assert.True(PolicyPrincipal.TryFromArn(arn, out var caller));
        return caller;
    }

    public static string Json(string text) => text.Replace('\'', '"');
}
