using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyEvaluationTests
{
    private const string Allow = "{'Sid':'yes','Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}";
    private const string Deny = "{'Sid':'no','Effect':'Deny','Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'a':'1'}}}";

    [Theory]
    [InlineData(Allow + "," + Deny, 1)]
    [InlineData(Deny + "," + Allow, 0)]
    public void Evaluate_Denial_WinsInAnyOrder(string statements, int index)
    {
        var document = TestPolicy.Compile("{'Statement':[" + statements + "]}");

        Assert.Equal(
            new PolicyDecision(PolicyOutcome.ExplicitDeny, index, "no", PrincipalMatch.Everyone),
            TestPolicy.Evaluate(document, keys: new TestKeys().With("a", "1")));
        Assert.Equal(
            new PolicyDecision(PolicyOutcome.Allow, 1 - index, "yes", PrincipalMatch.Everyone), TestPolicy.Evaluate(document));
    }

    [Fact]
    public void Evaluate_NothingApplies_IsNeither()
    {
        var document = TestPolicy.Compile("{'Statement':[" + Deny + "]}");

        Assert.Equal(PolicyDecision.Neither, TestPolicy.Evaluate(document));
    }

    [Fact]
    public void Evaluate_SeveralPermissions_TakesTheClosest()
    {
        const string User = "arn:aws:iam::111122223333:user/ann";
        var document = TestPolicy.Compile(
            "{'Statement':[" + Allow + ",{'Effect':'Allow','Principal':{'AWS':'" + User + "'},'Action':'*','Resource':'*'},{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':'*','Resource':'*'}]}");

        Assert.Equal((1, PrincipalMatch.Direct), Of("arn:aws:iam::111122223333:user/ann"));
        Assert.Equal((2, PrincipalMatch.Account), Of("arn:aws:iam::111122223333:user/bob"));
        Assert.Equal((0, PrincipalMatch.Everyone), Of("arn:aws:iam::999922223333:user/ann"));

        (int, PrincipalMatch) Of(string arn)
        {
            var decision = TestPolicy.Evaluate(document, caller: TestPolicy.Caller(arn));
            return (decision.Statement, decision.Match);
        }
    }

    [Fact]
    public void Evaluate_Default_IsNoPermission() => Assert.Equal(PolicyOutcome.Neither, default(PolicyDecision).Outcome);

    [Fact]
    public void Explain_Request_TellsOfEachStatement()
    {
        var document = TestPolicy.Compile(
            """
            {'Statement':[
              {'Sid':'All','Effect':'Allow','Principal':'*','Action':'execute-api:Invoke','Resource':'execute-api:/*'},
              {'Effect':'Deny','Principal':{'AWS':'111122223333'},'Action':'execute-api:ManageConnections','Resource':'execute-api:/prod/*',
               'Condition':{'IpAddress':{'aws:SourceIp':['10.0.0.0/8','::1']},'Null':{'aws:username':'false'},'StringEquals':{'aws:Referer':'\n'}}}
            ]}
            """);

        var lines = document.Explain(TestPolicy.Request(keys: new TestKeys().With("aws:SourceIp", "192.0.2.1").With("aws:Referer", "\r\nx")))
            .Split(Environment.NewLine);

        Assert.Equal(
            [
                "Allow: execute-api:Invoke on 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/GET/pets' by anonymous",
                "  statement 0 'All' (Allow): applies, names the caller by Everyone",
                "  statement 1 (Deny): does not apply: the action does not match; the resource does not match; the principal does not match; "
                    + "IpAddress 'aws:SourceIp' is not met: the policy has '10.0.0.0/8', '::1', the request '192.0.2.1'; "
                    + "Null 'aws:username' is not met: the policy has 'false', the request nothing; "
                    + "StringEquals 'aws:Referer' is not met: the policy has '\uFFFD', the request '\uFFFD\uFFFDx'",
            ],
            lines);
    }

    [Fact]
    public void Keys_All_AreFoundByNameAndId()
    {
        foreach (var info in PolicyKeys.All)
        {
            var name = info.Id == PolicyKeyId.PrincipalTag ? info.Name + "Team" : info.Name;

            Assert.Equal(info.Id, PolicyKey.Of(name.ToUpperInvariant()).Id);
        }

        Assert.Equal(Enum.GetValues<PolicyKeyId>().Length - 1, PolicyKeys.All.Count);
        Assert.Equal("Team", PolicyKey.Of("AWS:principaltag/Team").Argument);
        Assert.Equal(PolicyKeyId.Other, PolicyKey.Of("aws:PrincipalTag/").Id);
        Assert.Equal(PolicyKeyId.Other, PolicyKey.Of("aws:SourceIp/x").Id);
    }
}
