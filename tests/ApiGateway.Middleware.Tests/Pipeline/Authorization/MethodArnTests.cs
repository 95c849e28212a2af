using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization;

public sealed class MethodArnTests
{
    private const string Start = "arn:aws:execute-api:us-east-1:123456789012:api/dev/";

    [Theory]
    [InlineData("/dev", "GET/")]
    [InlineData("/dev/", "GET/")]
    [InlineData("/dev/a/b", "GET/a/b")]
    [InlineData("/dev/a/b/", "GET/a/b")]
    [InlineData("/dev/a%20b/%C3%A4?x=1", "GET/a b/ä")]
    [InlineData("/dev/%2561", "GET/%61")]
    [InlineData("/dev/a%2Fb", "GET/a/b")]
    [InlineData("/dev/%F0%9F%98%80", "GET/😀")]
    public void Of_Target_HasThePathDecodedOnce(string target, string end)
    {
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", "GET /", "GET /{proxy+}"));
        var context = Compiled.Route(snapshot, target);

        using var arn = MethodArn.Of(context, new AuthorizationPlan(AuthorizationKind.Anonymous) { ArnStart = Start });

        Assert.NotNull(context.MatchedRoute);
        Assert.Equal(Start + end, arn.ToString());
        Assert.True(ArnParts.TryParse(arn.Text, out _));
    }
}
