using System.Net;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyVariableTests
{
    private const string Home = TestPolicy.ApiArn + "/dev/GET/home/";

    [Theory]
    [InlineData("${aws:username}", "ann", true)]
    [InlineData("${AWS:UserName}", "ann", true)]
    [InlineData("${ aws:username }", "ann", true)]
    [InlineData("${aws:username}", "bob", false)]
    [InlineData("${aws:username}/*", "ann/x", true)]
    [InlineData("*${aws:username}", "x/ann", true)]
    [InlineData("${missing}", "", false)]
    [InlineData("${missing, 'all'}", "all", true)]
    [InlineData("${missing,'a*'}", "a*", true)]
    [InlineData("${missing,'a*'}", "ab", false)]
    [InlineData("${aws:username, 'x'}", "ann", true)]
    [InlineData("${missing, '}'}", "}", true)]
    [InlineData("${aws:PrincipalOrgPaths}", "o/1", false)]
    [InlineData("${aws:PrincipalTag/Team}", "red", true)]
    [InlineData("${*}", "*", true)]
    [InlineData("${*}", "x", false)]
    [InlineData("a${?}", "a?", true)]
    [InlineData("a${?}", "ab", false)]
    [InlineData("${$}{x}", "${x}", true)]
    [InlineData("${aws:username", "${aws:username", true)]
    [InlineData("${}", "${}", true)]
    [InlineData("${a, b}", "${a, b}", true)]
    [InlineData("${a, 'b'", "${a, 'b'", true)]
    [InlineData("${a*}", "${abc}", true)]
    [InlineData("$", "$", true)]
    public void Resource_Variable_IsReplaced(string pattern, string path, bool matches)
    {
        var keys = new TestKeys().With("aws:username", "ann").With("aws:PrincipalTag/team", "red").With("aws:PrincipalOrgPaths", ["o/1"]);
        var document = Document("Resource", pattern);
        var opposite = Document("NotResource", pattern);

        Assert.Equal(matches, TestPolicy.Allows(document, Home + path, keys: keys));
        Assert.Equal(!matches, TestPolicy.Allows(opposite, Home + path, keys: keys));
    }

    [Theory]
    [InlineData("*", "bob")]
    [InlineData("*", "")]
    [InlineData("???", "bob")]
    [InlineData("${aws:userid}", "id")]
    public void Resource_WildcardInValue_IsAnOrdinaryCharacter(string name, string path)
    {
        var keys = new TestKeys().With("aws:username", name).With("aws:userid", "id");
        var document = Document("Resource", "${aws:username}");

        Assert.False(TestPolicy.Allows(document, Home + path, keys: keys));
        Assert.True(TestPolicy.Allows(document, Home + name, keys: keys));
    }

    [Theory]
    [InlineData("'StringEquals':{'a':'${aws:username}'}", "ann", true)]
    [InlineData("'StringEqualsIgnoreCase':{'a':'x-${aws:username}'}", "X-ANN", true)]
    [InlineData("'StringLike':{'a':'*-${aws:username}'}", "x-ann", true)]
    [InlineData("'StringLike':{'a':'${star}'}", "ann", false)]
    [InlineData("'StringLike':{'a':'${star}'}", "*", true)]
    [InlineData("'StringNotLike':{'a':'${star}'}", "ann", true)]
    [InlineData("'StringEquals':{'a':'${missing}'}", "", false)]
    [InlineData("'StringEquals':{'a':['${missing}','ann']}", "ann", true)]
    [InlineData("'StringNotEquals':{'a':'${missing}'}", "ann", true)]
    [InlineData("'StringEquals':{'a':'${aws:SourceIp}'}", "203.0.113.9", true)]
    [InlineData("'StringEquals':{'a':'${*}'}", "*", true)]
    [InlineData("'ArnLike':{'a':'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}'}", "arn:aws:iam::1:user/ann", true)]
    [InlineData("'ArnLike':{'a':'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}'}", "arn:aws:iam::2:user/ann", false)]
    [InlineData("'ArnLike':{'a':'arn:aws:iam::${star}:user/ann'}", "arn:aws:iam::2:user/ann", false)]
    [InlineData("'Bool':{'a':'${flag}'}", "true", true)]
    [InlineData("'Bool':{'a':'${flag}'}", "false", false)]
    [InlineData("'Bool':{'a':'${aws:username}'}", "true", false)]
    public void Condition_Variable_IsReplaced(string condition, string found, bool met)
    {
        var keys = new TestKeys().With("a", found).With("aws:username", "ann").With("star", "*").With("flag", "True")
            .With("aws:PrincipalAccount", "1").With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("203.0.113.9")));

        Assert.Equal(met, TestPolicy.Allows(TestPolicy.Condition("{" + condition + "}"), keys: keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("'Version':'2008-10-17',")]
    public void Variable_InOldVersion_IsText(string version)
    {
        var document = TestPolicy.Compile(
            "{" + version + "'Statement':{'Effect':'Allow','Action':'*','Resource':'" + Home + "${aws:username}','Condition':{'StringEquals':{'a':'${b}'}}}}",
            PolicyKind.Identity);
        var keys = new TestKeys().With("aws:username", "ann").With("a", "${b}").With("b", "x");

        Assert.True(TestPolicy.Allows(document, Home + "${aws:username}", keys: keys));
        Assert.False(TestPolicy.Allows(document, Home + "ann", keys: keys));
    }

    [Fact]
    public void Variable_BeforeTheFifthColon_IsText()
    {
        var document = TestPolicy.Compile(
            "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:execute-api:us-east-1:${account}:*'}}", PolicyKind.Identity);

        Assert.False(TestPolicy.Allows(document, keys: new TestKeys().With("account", "123456789012")));
        Assert.True(TestPolicy.Allows(document, "arn:aws:execute-api:us-east-1:${account}:x/y/GET/"));
    }

    [Fact]
    public void Variable_LongValue_IsReplaced()
    {
        var name = new string('x', 5000) + "*";
        var keys = new TestKeys().With("aws:username", name);

        Assert.True(TestPolicy.Allows(Document("Resource", "${aws:username}?"), Home + name + "y", keys: keys));
        Assert.True(TestPolicy.Allows(TestPolicy.Condition("{'StringEquals':{'aws:username':'${aws:username}'}}"), keys: keys));
    }

    private static PolicyDocument Document(string element, string pattern)
    {
        var json = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"" + element + "\":\"" + Home + pattern + "\"}}";
        Assert.True(PolicyDocument.TryParse(json, PolicyKind.Identity, TestPolicy.Options, out var document, out _));
        return document;
    }
}
