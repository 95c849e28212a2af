using System.Collections.Concurrent;
using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Policies of APIs. Source: "How API Gateway resource policies affect authorization workflow".</summary>
public sealed class ResourcePolicyTests
{
    private const string Anonymous = "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:api/dev/GET/";

    private static readonly (string, string) Token = ("Authorization", "t");

    private readonly ConcurrentQueue<string> _events = [];

    [Theory]
    [InlineData("Allow", "execute-api:/dev/GET/open", HttpStatusCode.OK, "")]
    [InlineData("Allow", "execute-api:/dev/POST/*", HttpStatusCode.Forbidden, "open")]
    [InlineData("Deny", "execute-api:/*", HttpStatusCode.Forbidden, "open with an explicit deny")]
    public async Task None_WithPolicy_OnlyAPermissionPasses(string effect, string resource, HttpStatusCode status, string message)
    {
        await using var host = await StartAsync(Policy(effect, resource));

        using var response = await host.GetAsync("/dev/open");

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            await Refusal.AssertAsync(response, status, "AccessDeniedException", $$"""{"Message":"{{Anonymous}}{{message}}"}""");
        }
    }

    // "-" is no policy, "/" one that says nothing of the method.
    [Theory]
    [InlineData("Allow", "-", "")]
    [InlineData("Allow", "Allow", "")]
    [InlineData("Allow", "/", "")]
    [InlineData("Allow", "Deny", "RP")]
    [InlineData("/", "-", "implicit")]
    [InlineData("/", "Allow", "")]
    [InlineData("/", "/", "implicit")]
    [InlineData("/", "Deny", "RP")]
    [InlineData("Deny", "-", "explicit")]
    [InlineData("Deny", "Allow", "explicit")]
    [InlineData("Deny", "/", "explicit")]
    [InlineData("Deny", "Deny", "RP")]
    public async Task Custom_WithPolicy_FollowsTheTable(string authorizer, string policy, string refusedBy)
    {
        var answer = authorizer == "/" ? AuthorizedApi.Allow("arn:aws:execute-api:*:*:other/*") : AuthorizedApi.Allow(effect: authorizer);
        await using var host = await StartAsync(
            policy switch { "-" => null, "/" => Policy("Allow", "execute-api:/dev/POST/*"), _ => Policy(policy, "execute-api:/*") }, answer);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/who/x", Token);

        var body = await response.Content.ReadAsStringAsync();
        switch (refusedBy)
        {
            case "":
                Assert.Equal("alice|alice|auth|", body);
                break;
            case "RP":
                Assert.Equal($$"""{"Message":"{{Anonymous}}who/x with an explicit deny"}""", body);
                break;
            case "implicit":
                Assert.Equal("""{"Message":"User is not authorized to access this resource"}""", body);
                break;
            default:
                Assert.Equal("""{"Message":"User is not authorized to access this resource with an explicit deny"}""", body);
                break;
        }

        // A denial comes before the authorizer.
        Assert.Equal(refusedBy == "RP" ? 0 : 1, _events.Count);
    }

    [Theory]
    [InlineData("IpAddress", "aws:SourceIp", "127.0.0.0/8", true)]
    [InlineData("IpAddress", "aws:SourceIp", "10.0.0.0/8", false)]
    [InlineData("StringEquals", "aws:UserAgent", "good", true)]
    [InlineData("StringEquals", "aws:UserAgent", "bad", false)]
    [InlineData("StringLike", "aws:Referer", "https://shop.example/*", true)]
    [InlineData("Bool", "aws:SecureTransport", "false", true)]
    [InlineData("Bool", "aws:SecureTransport", "true", false)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "2025-12-31T00:00:00Z", true)]
    [InlineData("DateLessThan", "aws:CurrentTime", "2025-12-31T00:00:00Z", false)]
    [InlineData("NumericGreaterThan", "aws:EpochTime", "1767139200", true)]
    [InlineData("StringEquals", "aws:RequestedRegion", "us-east-1", true)]
    [InlineData("StringEquals", "aws:ResourceAccount", "123456789012", true)]
    [InlineData("StringEquals", "aws:PrincipalType", "Anonymous", true)]
    [InlineData("Null", "aws:PrincipalArn", "true", true)]
    [InlineData("Null", "aws:SourceVpc", "true", true)]
    [InlineData("Bool", "aws:ViaAWSService", "true", false)]
    public async Task Condition_OfTheRequest_Counts(string op, string key, string value, bool passes)
    {
        await using var host = await StartAsync(
            $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"{{{{op}}}}":{"{{{{key}}}}":"{{{{value}}}}"}}}]}""");

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/open", ("User-Agent", "good"), ("Referer", "https://shop.example/x"));

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Path_Encoded_IsDecodedOnceForThePolicy()
    {
        await using var host = await StartAsync(
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"},
              {"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/dev/*/who/admin*"}]}
            """, AuthorizedApi.Allow());

        foreach (var target in (string[])["/dev/who/admin", "/dev/who/%61dmin", "/dev/who/admin/", "/dev/who/admin%2Fx", "/dev/who/adm%69n/x"])
        {
            using var response = await host.SendAsync(HttpMethod.Get, target, Token);
            Assert.Equal((target, HttpStatusCode.Forbidden), (target, response.StatusCode));
        }

        using var twice = await host.SendAsync(HttpMethod.Get, "/dev/who/%2561dmin", Token);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
    }

    [Fact]
    public async Task Arn_Over1600Bytes_414()
    {
        await using var host = await StartAsync(Policy("Allow", "execute-api:/*"), AuthorizedApi.Allow());
        var start = "arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/who/".Length;

        using var longest = await host.SendAsync(HttpMethod.Get, "/dev/who/" + new string('x', 1600 - start), Token);
        using var longer = await host.SendAsync(HttpMethod.Get, "/dev/who/" + new string('x', 1601 - start), Token);
        using var bytes = await host.SendAsync(HttpMethod.Get, "/dev/who/" + string.Concat(Enumerable.Repeat("%C3%A4", 780)), Token);

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, longer.StatusCode);
        Assert.Equal("""{"message":"Request URI too long"}""", await longer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.RequestUriTooLong, bytes.StatusCode);
    }

    [Fact]
    public async Task Policy_NotValid_StopsTheHostAndNamesThePlace()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(Policy("Perhaps", "execute-api:/*")));

        Assert.Contains("Apis:api:Policy", exception.Message, StringComparison.Ordinal);
        Assert.Contains("$.Statement", exception.Message, StringComparison.Ordinal);
    }

    private static string Policy(string effect, string resource) =>
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Principal":"*","Action":"execute-api:Invoke","Resource":"{{{resource}}}"}}""";

    private Task<TestHost> StartAsync(string? policy, string answer = "{}") => AuthorizedApi.StartAsync(
        AuthorizedApi.Answering(_events, answer), null, api => api.Definition.Policy = policy, new ManualTimeProvider());
}
