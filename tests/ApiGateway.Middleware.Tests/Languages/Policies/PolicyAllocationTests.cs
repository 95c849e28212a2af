using System.Net;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Tests.Allocations;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

[Collection(nameof(AllocationsCollection))]
public sealed class PolicyAllocationTests
{
    [Theory]
    [InlineData("'Resource':'execute-api:/*'")]
    [InlineData("'Resource':'execute-api:/*/GET/home/${aws:username}/*'")]
    [InlineData("'NotResource':'execute-api:/prod/*','Condition':{'IpAddress':{'aws:SourceIp':['10.0.0.0/8','2001:db8::/32']}}")]
    [InlineData("'Resource':'*','Condition':{'StringLike':{'aws:UserAgent':'*fox*'},'StringEqualsIgnoreCase':{'aws:username':'${aws:username}'}}")]
    [InlineData("'Resource':'*','Condition':{'DateLessThan':{'aws:CurrentTime':'2030-01-01'},'NumericLessThan':{'n':10},'Bool':{'aws:SecureTransport':'${flag}'}}")]
    [InlineData("'Resource':'*','Condition':{'ForAllValues:StringLike':{'aws:PrincipalOrgPaths':['o/*']},'StringLike':{'aws:SourceIp':'10.*'},'ArnLike':{'a':'arn:aws:iam::*:user/${aws:username}'}}")]
    public void Evaluate_AnyStatement_AllocatesNothing(string rest)
    {
        var document = TestPolicy.Compile(
            "{'Version':'2012-10-17','Statement':[{'Effect':'Deny','NotPrincipal':{'AWS':['*']},'Action':'*'," + rest
            + "},{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':'execute-api:Invoke'," + rest + "}]}");
        var caller = TestPolicy.Caller("arn:aws:iam::111122223333:user/ann");
        var keys = new TestKeys().With("aws:username", "ann").With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("10.1.2.3"))).With("n", "5")
            .With("aws:UserAgent", "firefox").With("aws:CurrentTime", PolicyValue.Of(new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero)))
            .With("aws:SecureTransport", PolicyValue.Of(true)).With("flag", "true").With("aws:PrincipalOrgPaths", ["o/1", "o/2"])
            .With("a", "arn:aws:iam::1:user/ann");
        const string Arn = TestPolicy.ApiArn + "/dev/GET/home/ann/x";
        Assert.True(TestPolicy.Allows(document, Arn, caller, keys));

        var bytes = AllocatedBytes.PerCall(() =>
        {
            if (ArnParts.TryParse(Arn, out var parts))
            {
                document.Evaluate(new PolicyRequest(PolicyAction.Invoke, parts, caller, keys));
            }
        });

        Assert.Equal(0, bytes);
    }
}
