using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyResourceTests
{
    private const string Api = TestPolicy.ApiArn;

    [Theory]
    [InlineData("*", Api + "/dev/GET/", true)]
    [InlineData("execute-api:/*", Api + "/dev/GET/pets", true)]
    [InlineData("execute-api:/dev/GET/pets", Api + "/dev/GET/pets", true)]
    [InlineData("execute-api:/dev/GET/pets", Api + "/prod/GET/pets", false)]
    [InlineData(Api + "/*/GET/pets", Api + "/dev/GET/pets", true)]
    [InlineData(Api + "/*/GET/pets", Api + "/dev/GET/pets/1", false)]
    [InlineData(Api + "/*/GET/pets*", Api + "/dev/GET/pets/1", true)]
    [InlineData(Api + "/*/GET/pets*", Api + "/dev/GET/petstore", true)]
    [InlineData(Api + "/", Api + "/dev/GET/pets", false)]
    [InlineData(Api + "/dev/GET/", Api + "/dev/GET/", true)]
    [InlineData(Api + "/dev/GET", Api + "/dev/GET/", false)]
    [InlineData(Api + "/dev/get/pets", Api + "/dev/GET/pets", false)]
    [InlineData(Api + "/dev/GET/p?ts", Api + "/dev/GET/pets", true)]
    [InlineData(Api + "/dev/GET/p?ts", Api + "/dev/GET/pts", false)]
    [InlineData(Api + "/dev/GET/pets", Api + "/dev/GET/p*", false)]
    [InlineData(Api + "/dev/GET/a:b", Api + "/dev/GET/a:b", true)]
    [InlineData(Api + "/dev/*:b", Api + "/dev/GET/a:x:b", true)]
    [InlineData("arn:aws:execute-api:*", Api + "/dev/GET/pets", true)]
    [InlineData("arn:aws:execute-api:us-*", Api + "/dev/GET/pets", true)]
    [InlineData("arn:aws:execute-api:eu-*", Api + "/dev/GET/pets", false)]
    [InlineData("arn:aws:execute-api", Api + "/dev/GET/pets", false)]
    [InlineData("arn:*:execute-api:*:*:*/pets", Api + "/dev/GET/pets", true)]
    [InlineData("arn:aws:execute-api:us-east-1*abc123/dev/GET/pets", Api + "/dev/GET/pets", false)]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:*/*/GET/*", Api + "/dev/POST/GET/x", true)]
    [InlineData("arn:aws:s3:us-east-1:123456789012:abc123/*", Api + "/dev/GET/pets", false)]
    [InlineData("**", Api + "/dev/GET/pets", true)]
    [InlineData("", Api + "/dev/GET/pets", false)]
    public void Resource_Pattern_MatchesPartByPart(string pattern, string arn, bool matches)
    {
        var positive = TestPolicy.Compile(Document("Resource", pattern));
        var negative = TestPolicy.Compile(Document("NotResource", pattern));

        Assert.Equal(matches, TestPolicy.Allows(positive, arn));
        Assert.Equal(!matches, TestPolicy.Allows(negative, arn));
    }

    [Theory]
    [InlineData("*", "execute-api:Invoke", true)]
    [InlineData("execute-api:*", "execute-api:ManageConnections", true)]
    [InlineData("EXECUTE-API:invoke", "execute-api:Invoke", true)]
    [InlineData("execute-api:Inv?ke", "execute-api:Invoke", true)]
    [InlineData("execute-api:Invo", "execute-api:Invoke", false)]
    [InlineData("execute-api:Invoke", "execute-api:InvalidateCache", false)]
    [InlineData("execute-api:In*e", "execute-api:InvalidateCache", true)]
    [InlineData("*:get", "apigateway:GET", true)]
    [InlineData("apigateway:P*", "apigateway:GET", false)]
    public void Action_Pattern_IgnoresCase(string pattern, string action, bool matches)
    {
        var positive = TestPolicy.Compile($$"""{'Statement':{'Effect':'Allow','Action':['x:y','{{pattern}}'],'Resource':'*'} }""", PolicyKind.Identity);
        var negative = TestPolicy.Compile($$"""{'Statement':{'Effect':'Allow','NotAction':['x:y','{{pattern}}'],'Resource':'*'} }""", PolicyKind.Identity);

        Assert.Equal(matches, TestPolicy.Allows(positive, action: PolicyAction.Of(action)));
        Assert.Equal(!matches, TestPolicy.Allows(negative, action: PolicyAction.Of(action)));
    }

    [Fact]
    public void ShortForm_WithoutApi_IsAnError()
    {
        var json = TestPolicy.Json(Document("Resource", "execute-api:/*"));

        Assert.False(PolicyDocument.TryParse(json, PolicyKind.Resource, PolicyOptions.Default, out _, out _));
    }

    [Fact]
    public void ShortForm_InAuthorizerPolicy_MatchesNothing()
    {
        var document = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Action':'*','Resource':'execute-api:/*'}}", PolicyKind.Authorizer);

        Assert.False(TestPolicy.Allows(document));
    }

    private static string Document(string element, string pattern) =>
        $$"""{'Statement':{'Effect':'Allow','Principal':'*','Action':'execute-api:Invoke','{{element}}':['arn:aws:x:::y/','{{pattern}}']} }""";
}
