namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class HttpRouteTableTests
{
    private const int Tables = 400;
    private const int RequestsPerTable = 60;

    private static readonly string[] Verbs = ["GET", "POST", "OPTIONS", "HEAD", "PURGE"];

    [Theory]
    [InlineData("GET", "/", "GET /")]
    [InlineData("POST", "/", "ANY /{proxy+}")]
    [InlineData("GET", "/a", "GET /a")]
    [InlineData("GET", "/a/", "GET /a/{rest+}")]
    [InlineData("GET", "/a//", "GET /a/{rest+}")]
    [InlineData("GET", "/b/", "ANY /{proxy+}")]
    [InlineData("get", "/a", "ANY /{proxy+}")]
    [InlineData("GET", "/a/b", "GET /a/{x}")]
    [InlineData("PUT", "/a/b", "ANY /{proxy+}")]
    [InlineData("GET", "/a/b/c", "GET /a/{rest+}")]
    public void Match_SlashesAndMethods_FollowTheirRules(string method, string path, string expected)
    {
        var snapshot = Compiled.Snapshot(Compiled.InProcess("api", "GET /", "GET /a", "GET /a/{x}", "GET /a/{rest+}", "ANY /{proxy+}"));

        Assert.Equal(expected, Compiled.Route(snapshot, path, method).MatchedRoute?.Key);
    }

    [Fact]
    public void Match_WholePathFurtherRight_ComesBeforeGreedyFurtherLeft()
    {
        var snapshot = Compiled.Snapshot(Compiled.InProcess("api", "GET /a/{rest+}", "GET /{x}/b", "GET /a/b/{rest+}"));

        Assert.Equal("GET /{x}/b", Compiled.Route(snapshot, "/a/b").MatchedRoute?.Key);
        Assert.Equal("GET /a/b/{rest+}", Compiled.Route(snapshot, "/a/b/c").MatchedRoute?.Key);
        Assert.Equal("GET /a/{rest+}", Compiled.Route(snapshot, "/a/c").MatchedRoute?.Key);
    }

    [Fact]
    public void Match_VariablesOfOtherNamesAtOnePlace_KeepTheirNames()
    {
        var snapshot = Compiled.Snapshot(Compiled.InProcess("api", "GET /{a}/x", "POST /{b}/x", "GET /{c}/y"));

        Assert.Equal("a", Compiled.Route(snapshot, "/1/x").Route.PathVariables[0].Name);
        Assert.Equal("b", Compiled.Route(snapshot, "/1/x", "POST").Route.PathVariables[0].Name);
        Assert.Equal("c", Compiled.Route(snapshot, "/1/y").Route.PathVariables[0].Name);
    }

    [Fact]
    public void Match_ManyWaysThatLeadNowhere_FindsNothing()
    {
        var path = string.Concat(Enumerable.Repeat("/a", 20));
        var routes = Enumerable.Range(0, 20).Select(level => $"GET {path[..(level * 2)]}/{{x}}/b").Append($"GET {path}/b");
        var snapshot = Compiled.Snapshot(Compiled.InProcess("api", [.. routes]));

        Assert.Null(Compiled.Route(snapshot, $"{path}/c").MatchedRoute);
    }

    [Fact]
    public void Match_RandomRoutes_FindsWhatTheRuleSays()
    {
        var random = new Random(20261125);
        for (var table = 0; table < Tables; table++)
        {
            var keys = RandomKeys(random);
            var snapshot = Compiled.Snapshot(Compiled.InProcess("api", [.. keys]));
            for (var request = 0; request < RequestsPerTable; request++)
            {
                var (path, verb) = (RandomPath(random), Verbs[random.Next(Verbs.Length)]);

                var found = Compiled.Route(snapshot, path, verb).MatchedRoute?.Key;

                var expected = Naive(keys, path, verb);
                Assert.True(expected == found, $"{verb} {path}: expected {expected}, found {found}, among {string.Join(", ", keys)}");
            }
        }
    }

    private static List<string> RandomKeys(Random random)
    {
        string[] parts = ["a", "b", "c", "d", "e", "f", "{x}", "{y}"];
        var shapes = new HashSet<string>(StringComparer.Ordinal);
        var keys = new List<string>();
        for (var i = random.Next(1, 18); i > 0; i--)
        {
            var segments = Enumerable.Range(0, random.Next(0, 5)).Select(_ => parts[random.Next(parts.Length)]).Distinct().ToList();
            if (random.Next(4) == 0)
            {
                segments.Add("{z+}");
            }

            var key = random.Next(20) == 0 ? "$default"
                : $"{(random.Next(3) == 0 ? "ANY" : Verbs[random.Next(4)])} /{string.Join('/', segments)}";
            if (shapes.Add(key.Replace("{x}", "{}", StringComparison.Ordinal).Replace("{y}", "{}", StringComparison.Ordinal)))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    // The first character is a slash, and only one: the selection of the stage takes more for one.
    private static string RandomPath(Random random)
    {
        string[] parts = ["a", "b", "c", "d", "e", "f", "g", "%61", "a%2Fb", ""];
        var path = string.Join('/', Enumerable.Range(0, random.Next(0, 6)).Select(_ => parts[random.Next(parts.Length)]));
        return "/" + path.TrimStart('/');
    }

    // As the specification has it: all that fit, whole ones first, then by segments, then a method before ANY.
    private static string? Naive(IEnumerable<string> keys, string path, string verb)
    {
        var segments = path[1..].Split('/');
        return keys
            .Where(key => key == "$default" || (MethodOf(key) == verb || MethodOf(key) == "ANY") && Fits(PartsOf(key), segments))
            .OrderBy(static key => key == "$default" ? 2 : key.EndsWith("+}", StringComparison.Ordinal) ? 1 : 0)
            .ThenBy(static key => key == "$default" ? "" : string.Concat(PartsOf(key).Select(Rank)), StringComparer.Ordinal)
            .ThenBy(static key => MethodOf(key) == "ANY")
            .FirstOrDefault();
    }

    private static string MethodOf(string key) => key.Split(' ')[0];

    private static string[] PartsOf(string key) => key.Split(' ')[1][1..].Split('/');

    private static bool Fits(string[] parts, string[] segments)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (i >= segments.Length)
            {
                return false;
            }

            switch (Rank(parts[i]))
            {
                case '2':
                    return true;
                case '1' when segments[i].Length == 0:
                case '0' when parts[i] != Uri.UnescapeDataString(segments[i]):
                    return false;
            }
        }

        return parts.Length == segments.Length;
    }

    private static char Rank(string part) => part.EndsWith("+}", StringComparison.Ordinal) ? '2' : part.StartsWith('{') ? '1' : '0';
}
