namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class ResourceTreeTests
{
    [Theory]
    [InlineData("FETCH /a", "Invalid HttpMethod specified")]
    [InlineData("get /a", "Invalid HttpMethod specified")]
    [InlineData("GET a", "begins with '/'")]
    [InlineData("GET /a//b", "has an empty part")]
    [InlineData("GET /a{b}", "A path variable is a whole part")]
    [InlineData("GET /a b", "Percent-encode it")]
    [InlineData("GET /{}", "needs a name")]
    [InlineData("GET /{a}/{a}", "'a' appears twice")]
    [InlineData("GET /{a+}/b", "greedy path variable: {a+}")]
    public void Add_WrongMethod_SaysWhat(string route, string expected)
    {
        var error = Assert.Single(Compiled.Errors(Compiled.Mocks("api", route)).Errors);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal($"code: Apis:api:Routes:{route}", error.Origin.ToString());
    }

    [Fact]
    public void Add_SiblingVariables_IsAnError()
    {
        var error = Assert.Single(Compiled.Errors(Compiled.Mocks("api", "GET /a/{id}", "GET /a/{name}/b", "GET /a/b")).Errors);

        Assert.Contains("A sibling ({id}) of this resource already has a variable path part", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /a", "GET /a")]
    [InlineData("GET /a", "GET /a/")]
    [InlineData("GET /%61", "GET /a")]
    [InlineData("GET /a%2fb", "GET /a%2Fb")]
    public void Add_SameMethodTwice_IsAnError(string first, string second)
    {
        var error = Assert.Single(Compiled.Errors(Compiled.Mocks("api", first, second)).Errors);

        Assert.Contains("is defined twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_SeveralErrors_TellsAll() =>
        Assert.Equal(3, Compiled.Errors(Compiled.Mocks("api", "FETCH /a", "GET b", "GET /{}", "GET /fine")).Errors.Count);

    [Fact]
    public void Build_Always_ListsEachRouteOnce()
    {
        var routes = Compiled.Stage(Compiled.Mocks("api", "ANY /a", "GET /a", "GET /a/{b}/c", "GET /")).Routes;

        Assert.Equal(["ANY /a", "GET /", "GET /a", "GET /a/{b}/c"], routes.Routes.Select(static route => route.Key).Order(StringComparer.Ordinal));
        Assert.Equal(3, routes.Depth);
    }
}
