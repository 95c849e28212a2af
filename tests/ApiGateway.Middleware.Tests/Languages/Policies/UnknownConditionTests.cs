using System.Text;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

/// <summary>Conditions that nobody knows, in policies that authorizers of HTTP APIs return.</summary>
public sealed class UnknownConditionTests
{
    private static readonly PolicyOptions Closed = new() { ClosesUnknownConditions = true };

    [Theory]
    [InlineData("'Sounds':{'aws:SourceIp':'192.0.2.1'}")]
    [InlineData("'StringEquals':{'aws:Unheard':'x'}")]
    [InlineData("'StringNotEquals':{'aws:Unheard':'x'}")]
    [InlineData("'Null':{'aws:Unheard':'true'}")]
    public void Evaluate_Unknown_AllowsNothingAndDeniesAll(string condition)
    {
        Assert.Equal(PolicyOutcome.Neither, Outcome("Allow", condition));
        Assert.Equal(PolicyOutcome.ExplicitDeny, Outcome("Deny", condition));
    }

    [Fact]
    public void Evaluate_KnownBesideUnknown_MustBeMetForADenial()
    {
        Assert.Equal(PolicyOutcome.Neither, Outcome("Deny", "'Sounds':{'a':'b'},'Bool':{'aws:ViaAWSService':'true'}"));
    }

    [Fact]
    public void TryParse_UnknownOperatorByDefault_IsAnError() =>
        Assert.False(PolicyDocument.TryParse(Document("Deny", "'Sounds':{'a':'b'}"), PolicyKind.Authorizer, PolicyOptions.Default, out _, out _));

    private static PolicyOutcome Outcome(string effect, string condition)
    {
        Assert.True(PolicyDocument.TryParse(Document(effect, condition), PolicyKind.Authorizer, Closed, out var document, out var issues), string.Join(' ', issues.Errors));
        return TestPolicy.Evaluate(document).Outcome;
    }

    private static byte[] Document(string effect, string condition) => Encoding.UTF8.GetBytes(TestPolicy.Json(
        $$"""{'Version':'2012-10-17','Statement':{'Effect':'{{effect}}','Action':'*','Resource':'*','Condition':{ {{condition}} } } }"""));
}
