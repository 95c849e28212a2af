using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class RouteTableTests
{
    private const int Trees = 400;
    private const int RequestsPerTree = 40;

    private static readonly string[] Verbs = ["GET", "POST", "OPTIONS", "HEAD", "TRACE"];

    [Theory]
    [InlineData("OPTIONS", "/test", "OPTIONS /{proxy+}")]
    [InlineData("POST", "/test", "POST /test")]
    [InlineData("OPTIONS", "/test/any", "ANY /test/any")]
    [InlineData("GET", "/test/any/more", null)]
    [InlineData("OPTIONS", "/", null)]
    [InlineData("TRACE", "/test/any", null)]
    [InlineData("options", "/test/any", null)]
    public void Match_PathAndMethod_MatchTogether(string method, string path, string? expected)
    {
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", "POST /test", "ANY /test/any", "OPTIONS /{proxy+}"));

        Assert.Equal(expected, Compiled.Route(snapshot, "/dev" + path, method).MatchedRoute?.Key);
    }

    [Theory]
    [InlineData("/part1", "GET /part1")]
    [InlineData("/part1/hardcoded-value", "GET /part1/hardcoded-value")]
    [InlineData("/part1/random-value", "GET /{param+}")]
    [InlineData("/PART1", "GET /{param+}")]
    [InlineData("/part1/", "GET /part1")]
    [InlineData("/part1///", "GET /part1")]
    [InlineData("//part1", "GET /part1")]
    [InlineData("/part1//hardcoded-value", "GET /{param+}")]
    [InlineData("/%70art1", "GET /part1")]
    [InlineData("/part1%2Fhardcoded-value", "GET /{param+}")]
    [InlineData("", null)]
    [InlineData("/", null)]
    public void Match_WayThatLeadsNowhere_IsLeftAgain(string path, string? expected)
    {
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", "GET /part1", "GET /part1/hardcoded-value", "GET /{param+}"));

        Assert.Equal(expected, Compiled.Route(snapshot, "/dev" + path).MatchedRoute?.Key);
    }

    [Theory]
    [InlineData("GET", "GET /orders")]
    [InlineData("PUT", "ANY /orders")]
    [InlineData("HEAD", "ANY /orders")]
    [InlineData("PROPFIND", null)]
    public void Match_MethodAndAny_MethodWins(string method, string? expected)
    {
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", "ANY /orders", "GET /orders"));

        Assert.Equal(expected, Compiled.Route(snapshot, "/dev/orders", method).MatchedRoute?.Key);
    }

    [Theory]
    [InlineData("/orders/42/lines/7", "id", "42")]
    [InlineData("/orders/42/lines/7", "line", "7")]
    [InlineData("/orders/a%2Fb/lines/7", "id", "a%2Fb")]
    [InlineData("/orders/a%20b/lines/7/", "line", "7")]
    [InlineData("/files/a/b//c", "proxy", "a/b//c")]
    [InlineData("/files/user/test%2Balias@gmail.com/plus/test+alias@gmail.com", "proxy", "user/test%2Balias@gmail.com/plus/test+alias@gmail.com")]
    public void ValueOf_PathVariable_IsWhatWasReceived(string path, string name, string expected)
    {
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", "GET /orders/{id}/lines/{line}", "GET /files/{proxy+}"));
        var context = Compiled.Route(snapshot, "/dev" + path);

        var variable = Assert.Single(context.Route.PathVariables, variable => variable.Name == name);

        Assert.Equal(expected, context.ValueOf(variable).ToString());
    }

    [Fact]
    public void Match_ManyWaysThatLeadNowhere_FindsNothing()
    {
        // Every level offers a text and a variable, and no way leads to the end.
        var path = string.Concat(Enumerable.Repeat("/a", 20));
        var routes = Enumerable.Range(0, 20).Select(level => $"GET {path[..(level * 2)]}/{{x}}/b").Append($"GET {path}/b");
        var snapshot = Compiled.Snapshot(Compiled.Mocks("api", [.. routes]));

        Assert.Null(Compiled.Route(snapshot, $"/dev{path}/c").MatchedRoute);
    }

    [Fact]
    public void Match_RandomResources_FindsWhatTheRuleSays()
    {
        var random = new Random(20260102);
        for (var tree = 0; tree < Trees; tree++)
        {
            var api = RandomApi(random);
            var snapshot = Compiled.Snapshot(api);
            for (var request = 0; request < RequestsPerTree; request++)
            {
                var path = RandomPath(random);
                var verb = Verbs[random.Next(Verbs.Length)];

                var found = Compiled.Route(snapshot, "/dev/" + path, verb).MatchedRoute?.Key;

                var expected = Naive(api.Methods, path, verb)?.RouteKey;
                Assert.True(
                    expected == found,
                    $"{verb} /{path}: expected {expected}, found {found}, among {string.Join(", ", api.Methods.Select(static method => method.RouteKey))}");
            }
        }
    }

    private static RestApiDefinition RandomApi(Random random)
    {
        string[] parts = ["a", "b", "c", "d", "e", "f", "{x}", "{y}", "{z+}"];
        var errors = new DefinitionErrors();
        var accepted = new List<string>();
        var tree = new ResourceTree(errors);
        for (var i = random.Next(1, 16); i > 0; i--)
        {
            var path = "/" + string.Join('/', Enumerable.Range(0, random.Next(0, 5)).Select(_ => parts[random.Next(parts.Length)]));
            var method = random.Next(3) == 0 ? "ANY" : Verbs[random.Next(4)];
            var before = errors.Errors.Count;
            tree.Add(new MethodDefinition(method, path), new DefinitionOrigin("test", path));
            if (errors.Errors.Count == before)
            {
                accepted.Add($"{method} {path}");
            }
        }

        return Compiled.Mocks("api", [.. accepted]);
    }

    private static string RandomPath(Random random)
    {
        string[] parts = ["a", "b", "c", "d", "e", "f", "g", "%61", "a%2Fb"];
        return string.Join('/', Enumerable.Range(0, random.Next(0, 6)).Select(_ => parts[random.Next(parts.Length)]));
    }

    // The rule as the guide has it: every method that matches, best segments first, then a method before ANY.
    private static MethodDefinition? Naive(IEnumerable<MethodDefinition> methods, string path, string verb)
    {
        var segments = path.Length == 0 ? [] : path.Split('/');
        return methods
            .Where(method => method.HttpMethod == verb || (method.HttpMethod == "ANY" && verb != "TRACE"))
            .Where(method => Fits(PartsOf(method), segments))
            .OrderBy(static method => string.Concat(PartsOf(method).Select(Rank)), StringComparer.Ordinal)
            .ThenBy(static method => method.HttpMethod == "ANY")
            .FirstOrDefault();
    }

    private static bool Fits(string[] parts, string[] segments)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (i >= segments.Length)
            {
                return false;
            }

            if (Rank(parts[i]) == '2')
            {
                return true;
            }

            if (Rank(parts[i]) == '0' && parts[i] != Uri.UnescapeDataString(segments[i]))
            {
                return false;
            }
        }

        return parts.Length == segments.Length;
    }

    private static char Rank(string part) => part.EndsWith("+}", StringComparison.Ordinal) ? '2' : part.StartsWith('{') ? '1' : '0';

    private static string[] PartsOf(MethodDefinition method) => method.ResourcePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
