using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class DeploymentIdTests
{
    [Fact]
    public void Of_EqualDefinitions_AreEqual()
    {
        var one = Compiled.Mocks("one", "GET /a", "POST /b");
        var other = Compiled.Mocks("other", "POST /b", "GET /a");
        other.Stages["prod"] = new StageDefinition("prod") { Variables = { ["a"] = "b" } };

        Assert.Equal(DeploymentId.Of(one), DeploymentId.Of(other));
        Assert.Matches("^[0-9a-z]{10}$", DeploymentId.Of(one));
    }

    [Fact]
    public void Of_AnyChange_Differs()
    {
        Action<MethodDefinition>[] changes =
        [
            static method => method.Integration!.Uri = "http://other/",
            static method => method.Integration!.IntegrationHttpMethod = "POST",
            static method => method.Integration!.TimeoutInMillis = 100,
            static method => method.Integration!.Handler = "h",
            static method => method.Integration!.HttpVersion = "2",
            static method => method.Integration!.Streaming = false,
            static method => method.Integration!.InsecureSkipVerification = true,
            static method => method.Integration!.RequestTemplates["a"] = "b",
            static method => method.Integration!.RequestTemplates["ab"] = "",
            static method => method.Integration = new IntegrationDefinition(Middleware.Contracts.IntegrationKind.InProcess),
            static method => method.Integration = null,
        ];
        var ids = new HashSet<string> { DeploymentId.Of(Compiled.Mocks("api", "GET /a")), DeploymentId.Of(Compiled.Mocks("api", "GET /b")) };

        foreach (var change in changes)
        {
            var api = Compiled.Mocks("api", "GET /a");
            change(api.Methods[0]);
            Assert.True(ids.Add(DeploymentId.Of(api)));
        }
    }

    [Fact]
    public void StableId_Of_DependsOnContentAlone()
    {
        // A fixed value, because ids stand in logs and stores that outlive the process.
        Assert.Equal("thkjlol5mb", StableId.Of("/orders/{id}"));
        Assert.NotEqual(StableId.Of("/orders/{id}"), StableId.Of("/orders/{ID}"));
        Assert.All(["", "/", "\u00e4"], static text => Assert.Matches("^[0-9a-z]{10}$", StableId.Of(text)));
    }

    [Fact]
    public void Revision_OfEqualDefinitions_IsEqual()
    {
        Assert.Equal(
            Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision, Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision);
        Assert.NotEqual(
            Compiled.Snapshot(Compiled.Mocks("a", "GET /a")).Revision, Compiled.Snapshot(Compiled.Mocks("a", "GET /b")).Revision);
    }
}
