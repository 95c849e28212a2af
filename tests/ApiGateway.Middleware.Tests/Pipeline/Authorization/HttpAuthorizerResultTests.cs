using System.Text;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization;

/// <summary>What functions of HTTP APIs answer: rules L-6, L-7, L-9 and E-12.</summary>
public sealed class HttpAuthorizerResultTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}]}""";

    private static readonly AuthorizerPlan Simple = TestAuthorizer.Of(AuthorizerEventForm.Http2, AuthorizerAnswerForm.Simple);
    private static readonly AuthorizerPlan Policy1 = TestAuthorizer.Of(AuthorizerEventForm.Http1, AuthorizerAnswerForm.JsonPolicy);
    private static readonly AuthorizerPlan Policy2 = TestAuthorizer.Of(AuthorizerEventForm.Http2, AuthorizerAnswerForm.JsonPolicy);

    [Fact]
    public void Simple_True_LetsInWithJsonValues()
    {
        var answer = Read(Simple, """{"isAuthorized":true,"context":{"s":"ä\u0022","n":1.50,"t":true,"z":null,"a":[1,{"b":2}],"claims":"free"}}""", out _)!;

        Assert.Equal((PolicyOutcome.Allow, null), (answer.Outcome, answer.Caller!.PrincipalId));
        Assert.Equal("""{"s":"ä\u0022","n":1.50,"t":true,"z":null,"a":[1,{"b":2}],"claims":"free"}""", Text(answer.Caller.LambdaContext));
        Assert.Equal(
            ["a=[1,{\"b\":2}]", "claims=free", "n=1.50", "s=ä\"", "t=true"],
            answer.Caller.Values.Select(static item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
        Assert.True(answer.Caller.User!.Identity!.IsAuthenticated);
        Assert.Null(answer.Caller.User.Identity.Name);
    }

    [Fact]
    public void Simple_False_DeniesEveryRoute()
    {
        var answer = Read(Simple, """{"isAuthorized":false,"context":{"a":1}}""", out _)!;

        Assert.Null(answer.Refusal);
        Assert.Null(answer.Policy);
        Assert.Equal(PolicyOutcome.ExplicitDeny, answer.Outcome);
    }

    [Theory]
    [InlineData("""{"isAuthorized":"true"}""")]
    [InlineData("""{"isAuthorized":"false"}""")]
    [InlineData("""{"isAuthorized":1}""")]
    [InlineData("""{"isAuthorized":null}""")]
    [InlineData("""{"isauthorized":true}""")]
    [InlineData("""{"isAuthorized":true,"isAuthorized":false}""")]
    [InlineData("""{"isAuthorized":true,"context":"text"}""")]
    [InlineData("""{"isAuthorized":true,"context":{"a":1,"a":2}}""")]
    [InlineData("""{"isAuthorized":true}x""")]
    [InlineData("""[true]""")]
    [InlineData("true")]
    [InlineData("")]
    [InlineData($$"""{"principalId":"alice","policyDocument":{{Policy}}}""")]
    public void Simple_Other_IsMalformed(string answer)
    {
        Assert.Null(Read(Simple, answer, out var error));
        Assert.NotNull(error);
    }

    [Theory]
    [InlineData("""{"isAuthorized":true}""")]
    [InlineData($$"""{"policyDocument":{{Policy}}}""")]
    [InlineData("""{"principalId":"alice"}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Statement":[{"Effect":"Perhaps","Action":"*","Resource":"*"}]}}""")]
    public void Policy_NotWhole_IsMalformed(string answer)
    {
        Assert.Null(Read(Policy2, answer, out var error));
        Assert.NotNull(error);
    }

    [Fact]
    public void Policy_Good_HasItsContextInBothFormats()
    {
        var answer = Read(
            Policy1, $$$"""{"principalId":"alice","policyDocument":{{{Policy}}},"context":{"n":7,"principalId":"mallory","o":{"a":[]}},"usageIdentifierKey":{}}""", out _)!;

        Assert.Equal(1, answer.Policy!.StatementCount);
        Assert.Equal("""{"principalId":"alice","n":7,"o":{"a":[]}""", Text(answer.Caller!.EventStart));
        Assert.Equal("""{"n":7,"principalId":"mallory","o":{"a":[]}}""", Text(answer.Caller.LambdaContext));
        Assert.Equal(("alice", null, false), (answer.Caller.PrincipalId, answer.Caller.UsageIdentifierKey, answer.Caller.HasLatency));
        Assert.Equal("alice", answer.Caller.User!.Identity!.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"context\":null")]
    public void Context_None_IsNull(string members)
    {
        var answer = Read(Simple, $$"""{"isAuthorized":true{{members}}}""", out _)!;

        Assert.Equal("null", Text(answer.Caller!.LambdaContext));
        Assert.Equal("{", Text(answer.Caller.EventStart));
        Assert.Empty(answer.Caller.Values);
    }

    [Fact]
    public void Context_Claims_IsReservedInFormat1Alone()
    {
        const string Answer = $$"""{"principalId":"alice","policyDocument":{{Policy}},"context":{"claims":1} }""";

        Assert.Null(Read(Policy1, Answer, out var error));
        Assert.Contains("claims", error, StringComparison.Ordinal);
        Assert.NotNull(Read(Policy2, Answer, out _));
    }

    [Fact]
    public void Simple_CutAnywhere_IsRefusedAndNeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"isAuthorized":true,"context":{"s":"ä","a":[1,{"b":2}]}}""");
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(AuthorizerResultReader.Read(Simple, bytes.AsSpan(0, length), out var error));
            Assert.NotNull(error);
        }
    }

    private static AuthorizerAnswer? Read(AuthorizerPlan authorizer, string answer, out string? error) =>
        AuthorizerResultReader.Read(authorizer, Encoding.UTF8.GetBytes(answer), out error);

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);
}
