using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyPrincipalTests
{
    private const string Root = "arn:aws:iam::111122223333:root";
    private const string User = "arn:aws:iam::111122223333:user/team/ann";
    private const string Session = "arn:aws:sts::111122223333:assumed-role/reader/s1";
    private const string Federated = "arn:aws:sts::111122223333:federated-user/bob";

    [Theory]
    [InlineData("'*'", User, PrincipalMatch.Everyone)]
    [InlineData("{'AWS':'*'}", null, PrincipalMatch.Everyone)]
    [InlineData("{'AWS':'111122223333'}", User, PrincipalMatch.Account)]
    [InlineData("{'AWS':'111122223333'}", Session, PrincipalMatch.Account)]
    [InlineData("{'AWS':'111122223333'}", Root, PrincipalMatch.Account)]
    [InlineData("{'AWS':'" + Root + "'}", User, PrincipalMatch.Account)]
    [InlineData("{'AWS':'999922223333'}", User, PrincipalMatch.None)]
    [InlineData("{'AWS':'1111'}", User, PrincipalMatch.None)]
    [InlineData("{'AWS':'111122223333'}", null, PrincipalMatch.None)]
    [InlineData("{'AWS':'" + User + "'}", User, PrincipalMatch.Direct)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:user/ann'}", User, PrincipalMatch.None)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:user/team/Ann'}", User, PrincipalMatch.None)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:user/team/*'}", User, PrincipalMatch.None)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:role/reader'}", Session, PrincipalMatch.Role)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:role/some/path/reader'}", Session, PrincipalMatch.Role)]
    [InlineData("{'AWS':'arn:aws:iam::999922223333:role/reader'}", Session, PrincipalMatch.None)]
    [InlineData("{'AWS':'arn:aws-cn:iam::111122223333:role/reader'}", Session, PrincipalMatch.None)]
    [InlineData("{'AWS':'arn:aws:iam::111122223333:role/Reader'}", Session, PrincipalMatch.None)]
    [InlineData("{'AWS':'" + Session + "'}", Session, PrincipalMatch.Direct)]
    [InlineData("{'AWS':'arn:aws:sts::111122223333:assumed-role/reader/s2'}", Session, PrincipalMatch.None)]
    [InlineData("{'AWS':'" + Federated + "'}", Federated, PrincipalMatch.Direct)]
    [InlineData("{'AWS':['111122223333','arn:aws:iam::111122223333:role/reader','*']}", Session, PrincipalMatch.Role)]
    [InlineData("{'Service':'s.amazonaws.com'}", User, PrincipalMatch.None)]
    public void Principal_Entry_NamesCaller(string principal, string? caller, object match)
    {
        var document = TestPolicy.Compile(Document("Allow", "Principal", principal));

        var decision = TestPolicy.Evaluate(document, caller: Of(caller));

        Assert.Equal((PrincipalMatch)match, decision.Match);
        Assert.Equal((PrincipalMatch)match != PrincipalMatch.None, decision.Outcome == PolicyOutcome.Allow);
    }

    [Theory]
    [InlineData("{'Service':['a','s.test']}", true)]
    [InlineData("{'Federated':'f.test'}", true)]
    [InlineData("{'CanonicalUser':'c'}", true)]
    [InlineData("{'Service':'f.test'}", false)]
    [InlineData("{'Service':'*'}", false)]
    public void Principal_OtherKinds_AreLookedUpInTheCallersLists(string principal, bool matches)
    {
        var caller = new PolicyPrincipal
        {
            Type = PolicyPrincipalType.Other,
            Services = ["s.test"],
            Federated = ["f.test"],
            CanonicalUsers = ["c"],
        };

        Assert.Equal(matches, TestPolicy.Allows(TestPolicy.Compile(Document("Allow", "Principal", principal)), caller: caller));
    }

    [Theory]
    [InlineData("{'AWS':'" + User + "'}", User, true)]
    [InlineData("{'AWS':['" + User + "','111122223333']}", User, false)]
    [InlineData("{'AWS':'111122223333'}", User, true)]
    [InlineData("{'AWS':'111122223333'}", Root, false)]
    [InlineData("{'AWS':['" + Session + "','" + Root + "']}", Session, false)]
    [InlineData("{'AWS':['arn:aws:iam::111122223333:role/reader','" + Root + "']}", Session, false)]
    [InlineData("{'AWS':['arn:aws:iam::111122223333:role/reader']}", Session, true)]
    [InlineData("{'AWS':['" + User + "','111122223333']}", null, true)]
    [InlineData("'*'", null, false)]
    public void NotPrincipal_WithDeny_SparesWhoIsListedWithTheAccount(string principal, string? caller, bool denied)
    {
        var document = TestPolicy.Compile(Document("Deny", "NotPrincipal", principal));

        Assert.Equal(denied, TestPolicy.Evaluate(document, caller: Of(caller)).Outcome == PolicyOutcome.ExplicitDeny);
    }

    [Theory]
    [InlineData("{'AWS':'" + User + "'}", User, false)]
    [InlineData("{'AWS':'111122223333'}", User, false)]
    [InlineData("{'AWS':'999922223333'}", User, true)]
    [InlineData("{'AWS':'111122223333'}", null, true)]
    public void NotPrincipal_WithAllow_LetsAllOthersIn(string principal, string? caller, bool allowed)
    {
        var document = TestPolicy.Compile(Document("Allow", "NotPrincipal", principal));

        Assert.Equal(allowed, TestPolicy.Allows(document, caller: Of(caller)));
    }

    [Theory]
    [InlineData(Root, PolicyPrincipalType.Account, null)]
    [InlineData(User, PolicyPrincipalType.User, null)]
    [InlineData(Session, PolicyPrincipalType.AssumedRole, "reader")]
    [InlineData("arn:aws:iam::111122223333:role/a/reader", PolicyPrincipalType.AssumedRole, "reader")]
    [InlineData(Federated, PolicyPrincipalType.FederatedUser, null)]
    public void TryFromArn_Known_TakesItApart(string arn, object type, string? role)
    {
        var caller = TestPolicy.Caller(arn);

        Assert.Equal(((PolicyPrincipalType)type, role, "111122223333", "aws", arn), (caller.Type, caller.RoleName, caller.AccountId, caller.Partition, caller.Arn));
    }

    [Theory]
    [InlineData("")]
    [InlineData("arn:aws:iam::111122223333")]
    [InlineData("arn:aws:iam:::user/a")]
    [InlineData("arn:aws:iam::111122223333:group/a")]
    [InlineData("urn:aws:iam::111122223333:user/a")]
    public void TryFromArn_Other_IsRefused(string arn) => Assert.False(PolicyPrincipal.TryFromArn(arn, out _));

    private static string Document(string effect, string element, string principal) =>
        $$"""{'Statement':{'Effect':'{{effect}}','{{element}}':{{principal}},'Action':'*','Resource':'*'} }""";

    private static PolicyPrincipal Of(string? arn) => arn is null ? PolicyPrincipal.Anonymous : TestPolicy.Caller(arn);
}
