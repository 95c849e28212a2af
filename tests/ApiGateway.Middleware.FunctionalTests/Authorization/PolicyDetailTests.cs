using System.Collections.Concurrent;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>What refusals of policies tell the caller and the log, and condition keys of the application.</summary>
public sealed class PolicyDetailTests
{
    private const string Start = "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:api/dev/GET/open";
    private const string ForTenant = """
        {"Version":"2012-10-17","Statement":[
          {"Sid":"Tenant","Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"StringEquals":{"shop:tenant":"a"}}},
          {"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"ForAnyValue:StringEquals":{"Shop:Tag/color":["red"]}}}]}
        """;

    [Theory]
    [InlineData("Classic", "Deny", " with an explicit deny")]
    [InlineData("Extended", "Deny", " with an explicit deny in a resource-based policy")]
    [InlineData("Classic", "Allow", "")]
    [InlineData("extended", "Allow", " because no resource-based policy allows the execute-api:Invoke action")]
    public async Task Refusal_OfTheApi_TellsAsMuchAsTheOptionSays(string detail, string effect, string ending)
    {
        await using var host = await StartAsync(Policy(effect, effect == "Deny" ? "/*" : "/dev/POST/*"), detail);

        using var response = await host.GetAsync("/dev/open");

        await Refusal.AssertAsync(response, HttpStatusCode.Forbidden, "AccessDeniedException", $$"""{"Message":"{{Start}}{{ending}}"}""");
    }

    [Theory]
    [InlineData("Classic", "Deny", " with an explicit deny")]
    [InlineData("Extended", "Deny", " with an explicit deny in an identity-based policy")]
    [InlineData("Extended", "Neither", "")]
    public async Task Refusal_OfAnAuthorizer_TellsAsMuchAsTheOptionSays(string detail, string effect, string ending)
    {
        var answer = effect == "Deny" ? AuthorizedApi.Allow(effect: "Deny") : AuthorizedApi.Allow("arn:aws:execute-api:*:*:other/*");
        await using var host = await StartAsync(null, detail, answer);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/who/x", ("Authorization", "t"));

        await Refusal.AssertAsync(
            response, HttpStatusCode.Forbidden, "AccessDeniedException", $$"""{"Message":"User is not authorized to access this resource{{ending}}"}""");
    }

    [Fact]
    public async Task Refusal_InTheLog_NamesTheStatementsAndTheirReasons()
    {
        await using var host = await StartAsync(ForTenant);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/open", ("X-Tenant", "b"));

        var message = (await host.Logs.NextAsync("PolicyExplained")).Message;
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith("The policy of the API says Neither: execute-api:Invoke on 'arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/open' by anonymous", message, StringComparison.Ordinal);
        Assert.Contains("statement 0 'Tenant' (Allow): does not apply: StringEquals 'shop:tenant' is not met: the policy has 'a', the request 'b'", message, StringComparison.Ordinal);
        Assert.Contains("statement 1 (Deny): does not apply:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfAnAuthorizer_ExplainsItsPolicy()
    {
        await using var host = await StartAsync(null, answer: AuthorizedApi.Allow("arn:aws:execute-api:*:*:other/*"));

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/who/x", ("Authorization", "t"));

        Assert.Contains("The policy of the authorizer says Neither:", (await host.Logs.NextAsync("PolicyExplained")).Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Logs.Count("PolicyExplained"));
    }

    [Theory]
    [InlineData("a", "", HttpStatusCode.OK)]
    [InlineData("A", "", HttpStatusCode.Forbidden)]
    [InlineData(null, "", HttpStatusCode.Forbidden)]
    [InlineData("a", "blue", HttpStatusCode.OK)]
    [InlineData("a", "blue,red", HttpStatusCode.Forbidden)]
    [InlineData("fail", "", HttpStatusCode.InternalServerError)]
    public async Task ConditionKeys_OfTheApplication_Decide(string? tenant, string colors, HttpStatusCode status)
    {
        await using var host = await StartAsync(ForTenant);
        (string, string)[] headers = tenant is null ? [("X-Color", colors)] : [("X-Color", colors), ("X-Tenant", tenant)];

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/open", headers);

        Assert.Equal(status, response.StatusCode);
        Assert.DoesNotContain(host.Logs.Warnings, static entry => entry.Message.Contains("shop:", StringComparison.OrdinalIgnoreCase) && entry.EventName == "DefinitionDoubtful");
    }

    [Fact]
    public void AddConditionKey_OfAws_IsRefused()
    {
        var builder = new ServiceCollection().AddApiGateway();

        Assert.Throws<ArgumentException>(() => builder.AddConditionKey("aws:SourceIp", static _ => StringValues.Empty));
        Assert.Throws<ArgumentException>(() => builder.AddConditionKey("AWS:Mine", static _ => StringValues.Empty));
        Assert.Throws<ArgumentException>(() => builder.AddConditionKey("tenant", static _ => StringValues.Empty));
    }

    private static string Policy(string effect, string resource) =>
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:{{{resource}}}"}}""";

    private static Task<TestHost> StartAsync(string? policy, string detail = "Classic", string answer = "{}") => TestHost.StartAsync(new TestHostSetup
    {
        Settings = $$"""{ "AccessDeniedDetail": "{{detail}}" }""",
        Time = new ManualTimeProvider(),
        Gateway = gateway => gateway
            .AddLambdaFunction("auth", AuthorizedApi.Answering(new ConcurrentQueue<string>(), answer))
            .AddHandler("who", AuthorizedApi.WhoAsync)
            .AddConditionKeys<Tags>()
            .AddConditionKey("shop:Tenant", static http => http.Request.Headers["X-Tenant"].ToString() switch
            {
                "fail" => throw new InvalidOperationException("no tenant"),
                "" => StringValues.Empty,
                var tenant => tenant,
            })
            .AddRestApi("api", api => api
                .Authorizer("auth", static authorizer => authorizer.AuthorizerUri = AuthorizedApi.Uri)
                .Map("ANY /who/{proxy+}", static method => method.Authorize("auth").InProcess("who"))
                .Map("GET /open", static method => method.InProcess("who"))
                .Stage("dev").Definition.Policy = policy),
    });

    private sealed class Tags : IConditionKeyProvider
    {
        public IReadOnlyCollection<string> Keys => ["shop:Tag/"];

        public StringValues GetValues(string key, HttpContext request) =>
            key.EndsWith("/color", StringComparison.Ordinal) ? request.Request.Headers["X-Color"].ToString().Split(',') : StringValues.Empty;
    }
}
