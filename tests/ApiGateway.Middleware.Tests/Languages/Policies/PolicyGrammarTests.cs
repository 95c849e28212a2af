using System.Text;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyGrammarTests
{
    private const string Rest = "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'";

    [Theory]
    [InlineData("{'Statement':{" + Rest + "}}")]
    [InlineData("{'Version':'2008-10-17','Id':'x','Statement':[{" + Rest + "}]}")]
    [InlineData("{'Statement':{'Sid':''," + Rest + ",'Condition':{}}}")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'StringEquals':{}}}}")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'stringequals':{'AWS:USERAGENT':[]}}}}")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'NumericEquals':{'a':[1,'2',true]}}}}")]
    [InlineData("{'Statement':{'Effect':'Deny','NotPrincipal':{'AWS':['123456789012'],'Service':'a','Federated':'b','CanonicalUser':'c'},'NotAction':['a:b'],'NotResource':['*']}}")]
    [InlineData("\uFEFF{'Statement':{" + Rest + "}}")]
    public void TryParse_Valid_Compiles(string json) => Assert.Equal(1, TestPolicy.Compile(json).StatementCount);

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("nonsense", "$")]
    [InlineData("{'Statement':{" + Rest + "}}x", "$")]
    [InlineData("{'Statement':{" + Rest + "},}", "$")]
    [InlineData("{/**/'Statement':{" + Rest + "}}", "$")]
    [InlineData("{'Version':'2012-10-17'}", "$")]
    [InlineData("{'Version':'2013-10-17','Statement':{" + Rest + "}}", "$.Version")]
    [InlineData("{'Version':2012,'Statement':{" + Rest + "}}", "$.Version")]
    [InlineData("{'Id':[],'Statement':{" + Rest + "}}", "$.Id")]
    [InlineData("{'version':'2012-10-17','Statement':{" + Rest + "}}", "$.version")]
    [InlineData("{'Statement':[]}", "$.Statement")]
    [InlineData("{'Statement':'x'}", "$.Statement")]
    [InlineData("{'Statement':['x']}", "$.Statement[0]")]
    [InlineData("{'Statement':{" + Rest + ",'Extra field':1}}", "$.Statement['Extra field']")]
    [InlineData("{'Statement':{'Sid':1," + Rest + "}}", "$.Statement.Sid")]
    [InlineData("{'Statement':{'Principal':'*','Action':'*','Resource':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{'Effect':'allow','Principal':'*','Action':'*','Resource':'*'}}", "$.Statement.Effect")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Resource':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{" + Rest + ",'NotAction':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{" + Rest + ",'NotResource':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{" + Rest + ",'NotPrincipal':'*'}}", "$.Statement")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':[],'Resource':'*'}}", "$.Statement.Action")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':[[]],'Resource':'*'}}", "$.Statement.Action[0]")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':1,'Resource':'*'}}", "$.Statement.Action")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':{}}}", "$.Statement.Resource")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'123456789012','Action':'*','Resource':'*'}}", "$.Statement.Principal")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':{},'Action':'*','Resource':'*'}}", "$.Statement.Principal")]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':{'aws':'*'},'Action':'*','Resource':'*'}}", "$.Statement.Principal.aws")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':[]}}", "$.Statement.Condition")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'StringEquals':'b'}}}", "$.Statement.Condition.StringEquals")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'StringEquals':{'a:b':{}}}}}", "$.Statement.Condition.StringEquals['a:b']")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'StringEquals':{'a:b':['x',null]}}}}", "$.Statement.Condition.StringEquals['a:b'][1]")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'x':{'a':'1'}}}}", "$.Statement.Condition.x")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'NullIfExists':{'a':'true'}}}}", "$.Statement.Condition.NullIfExists")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'ForAnyValue::StringEquals':{'a':'1'}}}}", "$.Statement.Condition['ForAnyValue::StringEquals']")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'DateLessThan':{'aws:CurrentTime':'sdfdsf'}}}}", "$.Statement.Condition.DateLessThan['aws:CurrentTime']")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'IpAddress':{'aws:SourceIp':['10.0.0.0/8','10.0.0.0/33']}}}}", "$.Statement.Condition.IpAddress['aws:SourceIp'][1]")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'Bool':{'aws:SecureTransport':'yes'}}}}", "$.Statement.Condition.Bool['aws:SecureTransport']")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'Null':{'aws:SourceIp':'1'}}}}", "$.Statement.Condition.Null['aws:SourceIp']")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'BinaryEquals':{'a':'?'}}}}", "$.Statement.Condition.BinaryEquals.a")]
    [InlineData("{'Statement':{" + Rest + "},'Statement':{" + Rest + "}}", "$.Statement")]
    [InlineData("{'Statement':{" + Rest + ",'Condition':{'StringEquals':{'a':'1','a':'2'}}}}", "$.Statement.Condition.StringEquals.a")]
    [InlineData("{'Statement':{" + Rest + ",'x':[[[[[[[]]]]]]]}}", "$")]
    public void TryParse_Invalid_NamesThePlace(string json, string path) =>
        Assert.Contains(TestPolicy.Errors(json).Errors, error => error.Path == path);

    [Fact]
    public void TryParse_SecondOfManyMembers_IsFound()
    {
        var members = string.Join(',', Enumerable.Range(0, 30).Select(static i => $"'k{i}':'v'"));

        var issues = TestPolicy.Errors("{'Statement':{" + Rest + ",'Condition':{'StringEquals':{" + members + ",'k17':'w'}}}}");

        Assert.Equal("$.Statement.Condition.StringEquals.k17", Assert.Single(issues.Errors).Path);
    }

    [Theory]
    [InlineData("{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}}")]
    [InlineData("{'Statement':{'Effect':'Allow','NotPrincipal':'*','Action':'*','Resource':'*'}}")]
    [InlineData("{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Extra':{}},'Extra':1}")]
    public void TryParse_OnlyLawfulFromAuthorizers_IsIgnoredThere(string json)
    {
        TestPolicy.Errors(json, PolicyKind.Identity);

        Assert.NotEmpty(TestPolicy.Warnings(json, PolicyKind.Authorizer));
        Assert.True(TestPolicy.Allows(TestPolicy.Compile(json, PolicyKind.Authorizer)));
    }

    [Fact]
    public void TryParse_EmptyListFromAuthorizer_AllowsNothing()
    {
        var document = TestPolicy.Compile("{'Statement':[]}", PolicyKind.Authorizer);

        Assert.Equal(PolicyDecision.Neither, TestPolicy.Evaluate(document));
    }

    [Fact]
    public void TryParse_AtTheLimits_AcceptsAndBeyondRefuses()
    {
        var text = TestPolicy.Json("{'Statement':{" + Rest + "}}");
        var list = string.Join(',', Enumerable.Repeat("'*'", 100));

        Assert.True(Parses(text.PadRight(8192), PolicyKind.Resource));
        Assert.False(Parses(text.PadRight(8193), PolicyKind.Resource));
        Assert.True(Parses(Valid("'Resource':[" + list + "]"), PolicyKind.Identity));
        Assert.False(Parses(Valid("'Resource':[" + list + ",'*']"), PolicyKind.Identity));
        Assert.True(Parses(Valid("'Resource':'" + new string('a', 512) + "'"), PolicyKind.Authorizer));
        Assert.False(Parses(Valid("'Resource':'" + new string('a', 513) + "'"), PolicyKind.Authorizer));
        Assert.True(Parses(Valid("'Resource':'" + new string('a', 513) + "'"), PolicyKind.Identity));
    }

    [Fact]
    public void TryParse_Length_CountsCharactersOrBytes()
    {
        var text = TestPolicy.Json("{'Id':'" + new string('é', 5000) + "','Statement':{" + Rest + "}}");

        Assert.True(Parses(text, PolicyKind.Resource));
        Assert.False(Parses(text, PolicyKind.Authorizer));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void TryParse_Statements_AreCounted(int count, bool valid)
    {
        var statements = string.Join(',', Enumerable.Repeat("{" + Rest + "}", count));
        var options = TestPolicy.Options with { Limits = new PolicyLimits { MaxLength = 1_000_000 } };

        Assert.Equal(
            valid, PolicyDocument.TryParse(TestPolicy.Json("{'Statement':[" + statements + "]}"), PolicyKind.Resource, options, out _, out _));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"Statement\":\"\\udc00\"}")]
    public void TryParse_HalfASurrogatePair_IsAnError(string json) =>
        Assert.False(PolicyDocument.TryParse(json, PolicyKind.Resource, TestPolicy.Options, out _, out _));

    [Fact]
    public void TryParse_BytesThatAreNotUtf8_AreAnError()
    {
        byte[] bytes = [.. "{\"Id\":\""u8, 0xC3, 0x28, .. Encoding.UTF8.GetBytes(TestPolicy.Json("','Statement':{" + Rest + "}}"))];

        Assert.False(PolicyDocument.TryParse(bytes, PolicyKind.Resource, TestPolicy.Options, out _, out _));
    }

    [Fact]
    public void Issue_Text_SaysWhereWhatAndCure()
    {
        var issues = TestPolicy.Errors("{'Statement':{'Effect':'allow','Principal':'*','Action':'*','Resource':'*'}}");

        Assert.Equal(
            "Policy at '$.Statement.Effect': must be 'Allow' or 'Deny' in exactly this case, but is 'allow'. Write 'Allow' or 'Deny'.",
            Assert.Single(issues.Errors).ToString());
    }

    [Theory]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::123456789012:user/*'},'Action':'*','Resource':'*'", "$.Statement.Principal.AWS")]
    [InlineData("'Principal':{'AWS':'AIDAEXAMPLE'},'Action':'*','Resource':'*'", "$.Statement.Principal.AWS")]
    [InlineData("'NotPrincipal':{'AWS':'123456789012'},'Action':'*','Resource':'*'", "$.Statement.NotPrincipal")]
    [InlineData("'Principal':'*','Action':'s3:GetObject','Resource':'*'", "$.Statement.Action")]
    [InlineData("'Principal':'*','Action':'*','Resource':'arn:aws:execute-api'", "$.Statement.Resource")]
    [InlineData("'Principal':'*','Action':'*','Resource':'arn:aws:execute-api:us-east-1:123456789012:abc123/'", "$.Statement.Resource")]
    [InlineData("'Principal':'*','Action':'*','Resource':'arn:aws:execute-api:us-east-1:123456789012:other/*'", "$.Statement.Resource")]
    [InlineData("'Principal':'*','Action':'*','Resource':'arn:aws:execute-api:us-east-2:123456789012:abc123/*'", "$.Statement.Resource")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:Misspelt':'x'}}", "$.Statement.Condition.StringEquals['aws:Misspelt']")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalOrgPaths':'x'}}", "$.Statement.Condition.StringEquals['aws:PrincipalOrgPaths']")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'ForAllValues:StringEquals':{'aws:username':'x'}}", "$.Statement.Condition['ForAllValues:StringEquals']['aws:username']")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'IpAddress':{'aws:SecureTransport':'10.0.0.1'}}", "$.Statement.Condition.IpAddress['aws:SecureTransport']")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'NumericEquals':{'aws:EpochTime':'x'}}", "$.Statement.Condition.NumericEquals['aws:EpochTime']")]
    [InlineData("'Principal':'*','Action':'*','Resource':'*','Condition':{'StringLike':{'aws:Referer':'x*'}}", "$.Statement.Condition")]
    public void TryParse_LawfulButHardlyMeant_Warns(string statement, string path)
    {
        var warnings = TestPolicy.Warnings("{'Statement':{'Effect':'Allow'," + statement + "}}");

        Assert.Equal(path, Assert.Single(warnings).Path);
    }

    [Theory]
    [InlineData("'Resource':'execute-api:/*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'},'StringLike':{'aws:UserAgent':'x'}}")]
    [InlineData("'Resource':'arn:aws:execute-api:us-east-1:123456789012:abc*','Condition':{'StringEquals':{'aws:principaltag/Team':'x'}}")]
    [InlineData("'Resource':'arn:aws:execute-api:*:*:*/prod/$connect','Condition':{'ForAnyValue:StringLike':{'aws:PrincipalOrgPaths':'x'}}")]
    public void TryParse_Usual_WarnsOfNothing(string statement) =>
        Assert.Empty(TestPolicy.Warnings("{'Statement':{'Effect':'Allow','Principal':'*','Action':'execute-api:*'," + statement + "}}"));

    [Fact]
    public void TryParse_KeyOfTheHost_IsKnown()
    {
        var options = TestPolicy.Options with { AdditionalKeys = [new PolicyKeyInfo("my:Tier", PolicyKeyType.Text), new PolicyKeyInfo("my:Tag/", PolicyKeyType.Text)] };
        var json = TestPolicy.Json(TestPolicy.Statement("'Condition':{'StringEquals':{'MY:tier':'x','my:tag/y':'z'}}"));

        Assert.True(PolicyDocument.TryParse(json, PolicyKind.Identity, options, out _, out var issues));

        Assert.Empty(issues.Warnings);
    }

    private static string Valid(string resource) =>
        "{'Statement':{'Effect':'Allow','Action':'*'," + resource + "}}";

    private static bool Parses(string json, PolicyKind kind) =>
        PolicyDocument.TryParse(TestPolicy.Json(json), kind, TestPolicy.Options, out _, out _);
}
