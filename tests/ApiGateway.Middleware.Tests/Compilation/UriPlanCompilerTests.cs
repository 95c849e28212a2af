using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class UriPlanCompilerTests
{
    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("  ", "is missing")]
    [InlineData("ftp://host/", "begin with http:// or https://")]
    [InlineData("//host/", "begin with http:// or https://")]
    [InlineData("http://", "'' is no host name")]
    [InlineData("http:///path", "'' is no host name")]
    [InlineData("http://user:secret@host/", "is no host name")]
    [InlineData("http://host:99999/", "is no host name")]
    [InlineData("http://host:/", "is no host name")]
    [InlineData("http://{id}/", "cannot supply the host")]
    [InlineData("http://host.{id}:80/", "cannot supply the host")]
    [InlineData("http://host/a b", "spaces")]
    [InlineData("http://host/a#b", "fragments")]
    [InlineData("http://host/a\\b", "backslashes")]
    [InlineData("http://host/a\r\nX: y", "controls")]
    [InlineData("http://host/\u00e4", "beyond ASCII")]
    [InlineData("http://host/a/../b", "dot segments")]
    [InlineData("http://host/a/..?x=1", "dot segments")]
    [InlineData("http://host/{other}", "has no such variable. Known: id.")]
    public void Compile_WrongAddress_IsAnErrorOfTheRoute(string? uri, string expected)
    {
        var errors = Compiled.Errors(Compiled.HttpProxy("GET /{id}", uri));

        var error = Assert.Single(errors.Errors);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Integration:Uri", error.Origin.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user@host")]
    [InlineData("host/../x")]
    [InlineData("host:123456")]
    [InlineData("host#")]
    public void Compile_StageVariableThatGivesNoAddress_IsAWarningAndFailsRequests(string value)
    {
        var api = Compiled.HttpProxy("GET /x", "http://${stageVariables.host}/x", ("host", value));

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        Assert.Contains(errors.Warnings, static warning => warning.Message.Contains("Requests will fail with 500", StringComparison.Ordinal));
        Assert.Null(Plan(api).Uri);
    }

    [Theory]
    [InlineData("http://host", "http://host/")]
    [InlineData("http://host?a=1", "http://host/?a=1")]
    [InlineData("HTTPS://host:8443/a", "HTTPS://host:8443/a")]
    [InlineData("http://[::1]:5000/a", "http://[::1]:5000/a")]
    [InlineData("http://${stageVariables.host}/${stageVariables.path}", "http://backend:81/v1")]
    [InlineData("http://host/${stageVariables.none}", "http://host/")]
    [InlineData("http://host/?next=/../x", "http://host/?next=/../x")]
    public void Compile_AddressWithoutPathVariables_IsFixed(string uri, string expected)
    {
        var plan = Plan(Compiled.HttpProxy("GET /x", uri, ("host", "backend:81"), ("path", "v1"))).Uri;

        Assert.Equal(expected, plan!.Fixed!.OriginalString);
    }

    [Theory]
    [InlineData("http://host/{id}", "/dev/orders/42", "http://host/42")]
    [InlineData("http://host/a/{id}/b?c={id}", "/dev/orders/42?page=2", "http://host/a/42/b?c=42&page=2")]
    [InlineData("http://host/{id}", "/dev/orders/a%2Fb?x=%20", "http://host/a%2Fb?x=%20")]
    [InlineData("http://host/{id}", "/dev/orders/a%252Fb?", "http://host/a%252Fb")]
    [InlineData("http://host/{id}", "/dev/orders/evil.example.com:80@x", "http://host/evil.example.com:80@x")]
    public void Build_Request_FillsInPathAndQueryAsReceived(string uri, string target, string expected) =>
        Assert.Equal(expected, Build("GET /orders/{id}", uri, target).OriginalString);

    [Theory]
    [InlineData("http://host/base/{proxy}", "/dev/files/a/b%20c//d/", "http://host/base/a/b%20c//d")]
    [InlineData("http://host/base/{proxy+}", "/dev/files/a", "http://host/base/a")]
    public void Build_GreedyVariable_KeepsItsSlashes(string uri, string target, string expected) =>
        Assert.Equal(expected, Build("GET /files/{proxy+}", uri, target).OriginalString);

    [Fact]
    public void Build_LongAddress_IsWhole()
    {
        var id = new string('x', 2000);

        Assert.Equal($"http://host/{id}?{id}", Build("GET /orders/{id}", "http://host/{id}", $"/dev/orders/{id}?{id}").OriginalString);
    }

    [Fact]
    public void Build_NothingToFillIn_GivesTheSameAddress()
    {
        var snapshot = Compiled.Snapshot(Compiled.HttpProxy("GET /orders", "http://host/orders"));
        var context = Compiled.Route(snapshot, "/dev/orders");
        var plan = ((HttpIntegrationPlan)context.Route.Integration).Uri!;

        Assert.Same(plan.Fixed, BackendUri.Build(context, plan, default));
    }

    private static HttpIntegrationPlan Plan(Middleware.Definitions.RestApiDefinition api) =>
        (HttpIntegrationPlan)Assert.Single(Compiled.Stage(api).Routes.Routes).Integration;

    private static Uri Build(string route, string uri, string target)
    {
        var context = Compiled.Route(Compiled.Snapshot(Compiled.HttpProxy(route, uri)), target);
        return BackendUri.Build(context, ((HttpIntegrationPlan)context.Route.Integration).Uri!, context.Target.Query)!;
    }
}
