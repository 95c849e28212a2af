using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Pipeline.Routing;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class RouteTableAllocationTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("orders/42")]
    [InlineData("or%64ers/42")]
    [InlineData("files/a/b/c/d/e/f/g/h")]
    [InlineData("nothing/here")]
    public void Match_AnyPath_AllocatesNothing(string path)
    {
        var routes = Compiled.Stage(Compiled.Mocks(
            "api", "GET /orders", "GET /orders/{id}", "GET /files/{proxy+}", "GET /a", "GET /b", "GET /c", "GET /d")).Routes;
        var segments = SegmentsOf(path, routes.Depth);

        var bytes = AllocatedBytes.PerCall(() => routes.Match(path, segments, path.Contains('%', StringComparison.Ordinal), 0));

        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders/")]
    [InlineData("or%64ers/42")]
    [InlineData("files/a/b/c/d/e/f/g/h")]
    [InlineData("nothing/here")]
    public void Match_OfAnHttpApi_AllocatesNothing(string path)
    {
        var routes = Compiled.Stage(Compiled.InProcess(
            "api", "GET /orders", "GET /orders/{id}", "POST /orders/{other}", "GET /files/{proxy+}", "GET /a", "GET /b", "$default")).Routes;
        var segments = SegmentsOf(path, routes.Depth);

        var bytes = AllocatedBytes.PerCall(() => routes.Match(path, segments, path.Contains('%', StringComparison.Ordinal), 0));

        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("localhost:5000", "/dev/orders")]
    [InlineData("api.example.com:443", "/shop/dev/orders")]
    [InlineData("a.b.example.org", "/dev/orders")]
    [InlineData("x.execute-api.us-east-1.amazonaws.com", "/dev/orders")]
    public void TrySelect_AnyHost_AllocatesNothing(string host, string target)
    {
        var byHost = Compiled.Mocks("by-host", "GET /orders");
        byHost.Hosts.Add("api.example.com");
        byHost.Hosts.Add("*.example.org");
        byHost.BasePath = "shop";
        var directory = Compiled.Snapshot(byHost, Compiled.Mocks("x", "GET /orders")).Directory;
        var request = RequestTarget.Of(new TestRequest(target).Http);

        var bytes = AllocatedBytes.PerCall(() => ApiSelector.TrySelect(directory, host, request, "", out _));

        Assert.Equal(0, bytes);
    }

    private static int[] SegmentsOf(string path, int depth)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < path.Length && starts.Count <= depth; i++)
        {
            if (path[i] == '/')
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
