using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Functions that decide who may call.</summary>
public sealed class LambdaAuthorizerTests
{
    private static readonly (string, string) Token = ("Authorization", "Bearer secret-token");

    private static readonly HttpMethod Get = HttpMethod.Get;

    private readonly ConcurrentQueue<string> _events = [];

    [Fact]
    public async Task Token_Allowed_FunctionGetsTheEventAndBackendTheCaller()
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow(members: ""","context":{"level":3,"big":1.50,"ok":true,"gone":null,"t":"ä","principalId":"mallory"}""")));

        using var response = await host.SendAsync(Get, "/dev/who/a%20b?x=1", Token);

        Assert.Equal("alice|alice|auth|big=1.50;level=3;ok=true;t=ä", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"type":"TOKEN","authorizationToken":"Bearer secret-token","methodArn":"arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/who/a b"}""",
            Assert.Single(_events));
    }

    [Fact]
    public async Task Request_Allowed_FunctionGetsTheWholeRequestWithoutBody()
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, AuthorizedApi.Allow()), static authorizer =>
        {
            authorizer.Type = "REQUEST";
            authorizer.IdentitySource = "method.request.header.X-Key, method.request.querystring.q, stageVariables.v, context.identity.sourceIp";
        });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/who/x/y?q=1&q=2") { Content = new StringContent("a body") };
        request.Headers.TryAddWithoutValidation("X-Key", "k");
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = AuthorizedApi.Parse(Assert.Single(_events));
        Assert.Equal(
            ["type", "methodArn", "resource", "path", "httpMethod", "headers", "multiValueHeaders", "queryStringParameters",
                "multiValueQueryStringParameters", "pathParameters", "stageVariables", "requestContext"],
            json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("arn:aws:execute-api:us-east-1:123456789012:api/dev/POST/who/x/y", json.GetProperty("methodArn").GetString());
        Assert.Equal("/who/{proxy+}", json.GetProperty("resource").GetString());
        Assert.Equal("2", json.GetProperty("queryStringParameters").GetProperty("q").GetString());
        Assert.Equal("x/y", json.GetProperty("pathParameters").GetProperty("proxy").GetString());
        Assert.Equal("1", json.GetProperty("stageVariables").GetProperty("v").GetString());
        Assert.Equal("127.0.0.1", json.GetProperty("requestContext").GetProperty("identity").GetProperty("sourceIp").GetString());
        Assert.False(json.GetProperty("requestContext").TryGetProperty("authorizer", out _));
        Assert.DoesNotContain("a body", _events.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_NothingToTell_HasEmptyObjects()
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow()),
            static authorizer => authorizer.Type = "REQUEST",
            static api => api.Map("GET /plain", static method => method.Authorize("auth").Mock()).Definition.Stages["dev"].Variables.Clear());

        using var response = await host.SendAsync(Get, "/dev/plain", Token);

        var json = AuthorizedApi.Parse(Assert.Single(_events));
        foreach (var name in (string[])["queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables"])
        {
            Assert.Equal("{}", json.GetProperty(name).GetRawText());
        }
    }

    [Theory]
    [InlineData("TOKEN", null)]
    [InlineData("TOKEN", "")]
    [InlineData("TOKEN", "  ")]
    [InlineData("REQUEST", null)]
    [InlineData("REQUEST", "")]
    public async Task Identity_Missing_401WithoutACall(string type, string? token)
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, AuthorizedApi.Allow()), authorizer => authorizer.Type = type);

        using var response = token is null ? await host.GetAsync("/dev/who/x") : await host.SendAsync(Get, "/dev/who/x", ("Authorization", token));

        await AssertUnauthorizedAsync(response);
        Assert.Empty(_events);
    }

    [Fact]
    public async Task Identity_TwoTokens_401WithoutACall()
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, AuthorizedApi.Allow()));
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("GET /dev/who/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: a\r\nAuthorization: b\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(_events);
    }

    [Theory]
    [InlineData("Bearer abc", HttpStatusCode.OK)]
    [InlineData("Bearer abc!", HttpStatusCode.Unauthorized)]
    [InlineData("x Bearer abc", HttpStatusCode.Unauthorized)]
    [InlineData("bearer abc", HttpStatusCode.Unauthorized)]
    public async Task Validation_Token_MustMatchAsAWhole(string token, HttpStatusCode status)
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow()), static authorizer => authorizer.IdentityValidationExpression = "Bearer [a-z]+");

        using var response = await host.SendAsync(Get, "/dev/who/x", ("Authorization", token));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, _events.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"alice\"")]
    [InlineData("{}")]
    [InlineData("""{"principalId":"alice"}""")]
    [InlineData("""{"principalId":"","policyDocument":{"Version":"2012-10-17","Statement":[]}}""")]
    [InlineData("""{"principalId":7,"policyDocument":{"Version":"2012-10-17","Statement":[]}}""")]
    [InlineData("""{"principalId":"alice","policyDocument":"{}"}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Action":"*","Resource":"*"}]}}""")]
    [InlineData("""{"principalId":"alice","principalId":"root","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]},"context":{"a":{}}}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]},"context":{"a":[1]}}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]},"context":{"a":1,"a":2}}""")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}} {}""")]
    public async Task Answer_NotValid_500AndNotRemembered(string answer)
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, answer));

        using var first = await host.SendAsync(Get, "/dev/who/x", Token);
        using var second = await host.SendAsync(Get, "/dev/who/x", Token);

        await AssertConfigurationErrorAsync(first);
        await AssertConfigurationErrorAsync(second);
        Assert.Equal(2, _events.Count);
    }

    [Fact]
    public async Task Answer_Over8Kilobytes_500()
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow(members: $$""","context":{"a":"{{new string('x', 8200)}}"}""")));

        using var response = await host.SendAsync(Get, "/dev/who/x", Token);

        await AssertConfigurationErrorAsync(response);
    }

    [Theory]
    [InlineData("Unauthorized", HttpStatusCode.Unauthorized)]
    [InlineData("unauthorized", HttpStatusCode.InternalServerError)]
    [InlineData("Unauthorized.", HttpStatusCode.InternalServerError)]
    [InlineData("Error: Unauthorized", HttpStatusCode.InternalServerError)]
    public async Task Function_Throws_OneWordAloneMeans401(string message, HttpStatusCode status)
    {
        await using var host = await AuthorizedApi.StartAsync((_, _, _, _) => throw new InvalidOperationException(message));

        using var response = await host.SendAsync(Get, "/dev/who/x", Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Unauthorized, host.Logs.Warnings.IsEmpty);
    }

    [Fact]
    public async Task Function_TakesTooLong_500()
    {
        var time = new ManualTimeProvider();
        var never = new TaskCompletionSource();
        await using var host = await AuthorizedApi.StartAsync(async (_, _, _, _) => await never.Task, time: time);

        var pending = host.SendAsync(Get, "/dev/who/x", Token);
        await time.UntilArmedAsync(TimeSpan.FromSeconds(29));
        time.Advance(TimeSpan.FromSeconds(29));

        using var response = await pending;
        await AssertConfigurationErrorAsync(response);
        never.SetResult();
    }

    [Theory]
    [InlineData(429, "AuthorizerFailureException")]
    [InlineData(404, "AuthorizerConfigurationException")]
    [InlineData(503, "AuthorizerConfigurationException")]
    public async Task Function_NotRun_500(int status, string errorType)
    {
        await using var lambda = RawBackend.Answering($"HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""
                { "Lambda": { "Endpoint": "{{lambda.Url}}" }, "Apis": { "api": { "Stages": { "dev": {} },
                  "Authorizers": { "auth": { "Type": "TOKEN", "AuthorizerUri": "auth" } },
                  "Routes": { "GET /x": { "AuthorizationType": "CUSTOM", "AuthorizerId": "auth", "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 200}" } } } } } } }
                """,
        });

        using var response = await host.SendAsync(Get, "/dev/x", Token);

        await Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, errorType, """{"message":null}""");
    }

    [Fact]
    public async Task Policy_ForOneMethod_IsEvaluatedForEachRequestOfTheRememberedAnswer()
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow("arn:aws:execute-api:*:*:api/dev/GET/who/mine")));

        using var mine = await host.SendAsync(Get, "/dev/who/mine", Token);
        using var others = await host.SendAsync(Get, "/dev/who/others", Token);
        using var post = await host.SendAsync(HttpMethod.Post, "/dev/who/mine", Token);
        using var again = await host.SendAsync(Get, "/dev/who/mine", Token);

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        await AssertDeniedAsync(others, "User is not authorized to access this resource");
        await AssertDeniedAsync(post, "User is not authorized to access this resource");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(_events);
    }

    [Fact]
    public async Task Policy_Denies_403RememberedWithItsOwnWords()
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, AuthorizedApi.Allow(effect: "Deny")));

        using var first = await host.SendAsync(Get, "/dev/who/x", Token);
        using var second = await host.SendAsync(Get, "/dev/who/y", Token);

        await AssertDeniedAsync(first, "User is not authorized to access this resource with an explicit deny");
        await AssertDeniedAsync(second, "User is not authorized to access this resource with an explicit deny");
        Assert.Single(_events);
    }

    // What a plain join would take for the same.
    [Theory]
    [InlineData("12", "3", "1", "23")]
    [InlineData("1,2", "3", "1", "2,3")]
    [InlineData("1|2", "3", "1", "2|3")]
    public async Task Answer_OfOneCaller_IsNeverThatOfAnother(string firstA, string firstB, string secondA, string secondB)
    {
        await using var host = await AuthorizedApi.StartAsync(
            (payload, answer, _, _) =>
            {
                var token = AuthorizedApi.Parse(Encoding.UTF8.GetString(payload.Span)).GetProperty("multiValueHeaders");
                answer.Write(Encoding.UTF8.GetBytes(AuthorizedApi.Allow().Replace(
                    "alice", $"{token.GetProperty("A").GetRawText()}{token.GetProperty("B").GetRawText()}".Replace("\"", "'", StringComparison.Ordinal), StringComparison.Ordinal)));
                return ValueTask.CompletedTask;
            },
            static authorizer =>
            {
                authorizer.Type = "REQUEST";
                authorizer.IdentitySource = "method.request.header.A,method.request.header.B";
            });

        using var first = await host.SendAsync(Get, "/dev/who/x", ("A", firstA), ("B", firstB));
        using var second = await host.SendAsync(Get, "/dev/who/x", ("A", secondA), ("B", secondB));

        Assert.StartsWith($"['{firstA}']['{firstB}']|", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith($"['{secondA}']['{secondB}']|", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_TimeIsOver_IsAskedForAgain()
    {
        var time = new ManualTimeProvider();
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow()), static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60, time: time);

        await host.SendAsync(Get, "/dev/who/x", Token);
        time.Advance(TimeSpan.FromSeconds(59));
        await host.SendAsync(Get, "/dev/who/x", Token);
        Assert.Single(_events);

        time.Advance(TimeSpan.FromSeconds(1));
        await host.SendAsync(Get, "/dev/who/x", Token);
        Assert.Equal(2, _events.Count);
    }

    [Fact]
    public async Task Answer_Flushed_IsAskedForAgain()
    {
        await using var host = await AuthorizedApi.StartAsync(AuthorizedApi.Answering(_events, AuthorizedApi.Allow()));
        var results = host.Services.GetRequiredService<IAuthorizerResults>();

        await host.SendAsync(Get, "/dev/who/x", Token);
        results.Flush("api", "other");
        await host.SendAsync(Get, "/dev/who/x", Token);
        Assert.Single(_events);

        results.Flush("api", "dev");
        await host.SendAsync(Get, "/dev/who/x", Token);
        Assert.Equal(2, _events.Count);
    }

    [Fact]
    public async Task Answer_FlushedWhileItIsAskedFor_IsNotKept()
    {
        var calls = System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource<string>>();
        await using var host = await AuthorizedApi.StartAsync(async (_, answer, _, _) =>
        {
            var go = new TaskCompletionSource<string>();
            calls.Writer.TryWrite(go);
            answer.Write(Encoding.UTF8.GetBytes(await go.Task));
        });

        var before = host.SendAsync(Get, "/dev/who/x", Token);
        var first = await calls.Reader.ReadAsync().InTime();
        host.Services.GetRequiredService<IAuthorizerResults>().Flush("api", "dev");
        var after = host.SendAsync(Get, "/dev/who/x", Token);
        var second = await calls.Reader.ReadAsync().InTime();
        second.SetResult(AuthorizedApi.Allow(effect: "Deny"));
        first.SetResult(AuthorizedApi.Allow());

        Assert.Equal(HttpStatusCode.OK, (await before).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await after).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync(Get, "/dev/who/x", Token)).StatusCode);
    }

    [Fact]
    public async Task Answer_UnrelatedReload_IsKept()
    {
        var settings = new ManualSettings();
        (string, string?)[] api =
        [
            ("Apis:api:Stages:dev:Variables:a", "1"), ("Apis:api:Authorizers:auth:AuthorizerUri", "auth"),
            ("Apis:api:Routes:GET /x:AuthorizationType", "CUSTOM"), ("Apis:api:Routes:GET /x:AuthorizerId", "auth"),
            ("Apis:api:Routes:GET /x:Integration:Type", "IN_PROCESS"),
        ];
        settings.Change(api);
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Builder = builder => ((Microsoft.Extensions.Configuration.IConfigurationBuilder)builder.Configuration).Add(settings),
            Gateway = gateway => gateway.AddLambdaFunction("auth", AuthorizedApi.Answering(_events, AuthorizedApi.Allow())),
        });
        await host.SendAsync(Get, "/dev/x", Token);
        await host.Logs.NextAsync("DefinitionPublished");

        settings.Change([.. api, ("Apis:api:Routes:GET /y:Integration:Type", "IN_PROCESS")]);
        await host.Logs.NextAsync("DefinitionPublished");
        await host.SendAsync(Get, "/dev/x", Token);
        Assert.Single(_events);

        settings.Change([.. api, ("Apis:api:Authorizers:auth:IdentityValidationExpression", ".*")]);
        await host.Logs.NextAsync("DefinitionPublished");
        await host.SendAsync(Get, "/dev/x", Token);
        Assert.Equal(2, _events.Count);
    }

    [Fact]
    public async Task Answer_Zero_IsNeverRemembered()
    {
        await using var host = await AuthorizedApi.StartAsync(
            AuthorizedApi.Answering(_events, AuthorizedApi.Allow()), static authorizer => authorizer.AuthorizerResultTtlInSeconds = 0);

        await host.SendAsync(Get, "/dev/who/x", Token);
        await host.SendAsync(Get, "/dev/who/x", Token);

        Assert.Equal(2, _events.Count);
    }

    [Fact]
    public async Task Function_AThousandRequestsAtOnce_IsCalledOnce()
    {
        var go = new TaskCompletionSource();
        await using var host = await AuthorizedApi.StartAsync(async (payload, answer, _, _) =>
        {
            _events.Enqueue("");
            await go.Task;
            answer.Write(Encoding.UTF8.GetBytes(AuthorizedApi.Allow()));
        });

        var pending = Enumerable.Range(0, 1000).Select(i => host.SendAsync(Get, $"/dev/who/{i}", Token)).ToList();
        await Task.Yield();
        go.SetResult();
        var answers = await Task.WhenAll(pending);

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(_events);
    }

    [Fact]
    public async Task Function_FirstClientLeaves_TheNextOneAsks()
    {
        var calls = System.Threading.Channels.Channel.CreateUnbounded<CancellationToken>();
        var go = new TaskCompletionSource();
        await using var host = await AuthorizedApi.StartAsync(async (_, answer, _, token) =>
        {
            calls.Writer.TryWrite(token);
            await go.Task.WaitAsync(token);
            answer.Write(Encoding.UTF8.GetBytes(AuthorizedApi.Allow()));
        });
        using var leave = new CancellationTokenSource();
        var first = host.Client.SendAsync(Request(host), leave.Token);
        var asked = await calls.Reader.ReadAsync().InTime();
        var second = host.Client.SendAsync(Request(host));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await calls.Reader.ReadAsync().InTime();
        go.SetResult();

        using var response = await second;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(asked.IsCancellationRequested);
    }

    [Fact]
    public async Task Caller_TemplatesEventsAndResponses_SeeIt()
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(gateway => gateway
            .AddLambdaFunction("auth", AuthorizedApi.Answering(_events, AuthorizedApi.Allow("arn:aws:execute-api:*:*:*/GET/*", ""","context":{"tier":"gold","n":7}""")))
            .AddLambdaFunction("orders", AuthorizedApi.Answering(events, """{"body":"ok"}"""))
            .AddRestApi("api", api => api
                .Authorizer("auth", static authorizer => authorizer.AuthorizerUri = "auth")
                .Map("GET /orders", static method => method.Authorize("auth").LambdaProxy("orders"))
                .Map("GET /mock", static method => method.Authorize("auth").Mock(200, static integration =>
                {
                    integration.RequestTemplates["application/json"] = """{"statusCode": 200}""";
                    integration.IntegrationResponses.Add(new Definitions.IntegrationResponseDefinition("200")
                    {
                        ResponseTemplates = { ["application/json"] = "$context.authorizer.principalId $context.authorizer.tier $context.authorizer.n $context.authorizer.none." },
                    });
                }).Response(200))
                .Stage("dev")));

        Assert.Equal("ok", await (await host.SendAsync(Get, "/dev/orders", Token)).Content.ReadAsStringAsync());
        var mock = await (await host.SendAsync(Get, "/dev/mock", Token)).Content.ReadAsStringAsync();

        var authorizer = AuthorizedApi.Parse(Assert.Single(events)).GetProperty("requestContext").GetProperty("authorizer");
        Assert.Equal("alice", authorizer.GetProperty("principalId").GetString());
        Assert.Equal("gold", authorizer.GetProperty("tier").GetString());
        Assert.Equal("7", authorizer.GetProperty("n").GetString());
        Assert.InRange(authorizer.GetProperty("integrationLatency").GetInt64(), 0, 29_000);
        Assert.Equal("alice gold 7 .", mock);
    }

    [Fact]
    public async Task Log_Always_IsWithoutTokens()
    {
        await using var host = await AuthorizedApi.StartAsync(
            (payload, answer, _, _) => AuthorizedApi.Parse(Encoding.UTF8.GetString(payload.Span)).GetProperty("methodArn").GetString()!.EndsWith("/throw", StringComparison.Ordinal)
                ? throw new InvalidOperationException("broken")
                : AuthorizedApi.Answering(_events, "{\"principalId\":\"secret-token\"}")(payload, answer, default, default));

        await host.SendAsync(Get, "/dev/who/x", Token);
        await host.SendAsync(Get, "/dev/who/throw", Token);

        Assert.Equal(3, host.Logs.Warnings.Count);
        Assert.DoesNotContain(host.Logs.All, static entry => entry.Message.Contains("secret-token", StringComparison.Ordinal));
    }

    private static HttpRequestMessage Request(TestHost host)
    {
        var request = TestClient.Request(Get, host.Client.BaseAddress!, "/dev/who/x");
        request.Headers.TryAddWithoutValidation("Authorization", "t");
        return request;
    }

    private static Task AssertUnauthorizedAsync(HttpResponseMessage response) =>
        Refusal.AssertAsync(response, HttpStatusCode.Unauthorized, "UnauthorizedException", """{"message":"Unauthorized"}""");

    private static Task AssertConfigurationErrorAsync(HttpResponseMessage response) =>
        Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, "AuthorizerConfigurationException", """{"message":null}""");

    private static Task AssertDeniedAsync(HttpResponseMessage response, string message) =>
        Refusal.AssertAsync(response, HttpStatusCode.Forbidden, "AccessDeniedException", $$"""{"Message":"{{message}}"}""");
}
