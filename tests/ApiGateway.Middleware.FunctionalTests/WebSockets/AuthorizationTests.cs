using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Who may connect: authorizers, signatures and API keys.</summary>
public sealed class AuthorizationTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData("/prod")]
    [InlineData("/prod?token=")]
    [InlineData("/prod?Token=t")]
    public async Task Authorizer_IdentitySourceMissing_401AndNobodyIsAsked(string target)
    {
        await using var api = await StartAsync(AuthorizedApi.Allow());

        Assert.Equal((401, """{"message":"Unauthorized"}"""), await api.ShakeAsync(target));
        Assert.Equal(0, api.EventCount);
    }

    [Fact]
    public async Task Authorizer_Denies_403()
    {
        await using var api = await StartAsync(AuthorizedApi.Allow(effect: "Deny"));

        Assert.Equal((403, """{"Message":"User is not authorized to access this resource with an explicit deny"}"""), Known(await api.ShakeAsync("/prod?token=t")));
    }

    [Fact]
    public async Task Authorizer_AllowsAnotherResource_403()
    {
        await using var api = await StartAsync(AuthorizedApi.Allow("arn:aws:execute-api:us-east-1:123456789012:chat/prod/other"));

        Assert.Equal((403, """{"Message":"User is not authorized to access this resource"}"""), Known(await api.ShakeAsync("/prod?token=t")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[]},"context":{"a":{"b":1}}}""")]
    public async Task Authorizer_ThrowsOrSaysNonsense_500(string? answer)
    {
        await using var api = await StartAsync(answer);

        var (status, body) = await api.ShakeAsync("/prod?token=t");

        Assert.Equal((500, """{"message":"Internal server error"}"""), (status, body));
    }

    [Fact]
    public async Task Authorizer_ThrowsUnauthorized_401()
    {
        await using var api = await new ChatApi().Function("auth", string (JsonElement _) => throw new InvalidOperationException("Unauthorized")).Function("echo").StartAsync(Routes, Authorizer);

        Assert.Equal((401, """{"message":"Unauthorized"}"""), await api.ShakeAsync("/prod?token=t"));
    }

    [Fact]
    public async Task Authorizer_Allows_EachHandshakeAsksAndItsContextIsInAllEvents()
    {
        await using var api = await new ChatApi()
            .Function("auth", AuthorizedApi.Allow("arn:aws:execute-api:us-east-1:123456789012:chat/prod/$connect", members: ""","context":{"n":1,"b":true}"""))
            .Function("echo")
            .StartAsync(Routes, Authorizer, more: """ "AccountId": "123456789012", "Region": "us-east-1", """);

        for (var i = 0; i < 2; i++)
        {
            await using var socket = await api.ConnectAsync("/prod?token=t", static client => client.Options.SetRequestHeader("X-One", "1"));
            var asked = await api.NextEventAsync();
            await socket.SendAsync("x");
            await socket.CloseAsync();
            JsonElement[] events = [await api.NextEventAsync(), await api.NextEventAsync(), await api.NextEventAsync()];

            Assert.Equal("REQUEST", asked.GetProperty("type").GetString());
            Assert.Equal("arn:aws:execute-api:us-east-1:123456789012:chat/prod/$connect", asked.GetProperty("methodArn").GetString());
            Assert.Equal("Upgrade", asked.GetProperty("headers").GetProperty("Connection").GetString());
            Assert.Equal("t", asked.GetProperty("queryStringParameters").GetProperty("token").GetString());
            Assert.Equal("{}", asked.GetProperty("stageVariables").GetRawText());
            Assert.False(asked.TryGetProperty("path", out _));
            Assert.Equal(
                ["CONNECT", "MESSAGE", "DISCONNECT"], events.Select(static item => item.GetProperty("requestContext").GetProperty("eventType").GetString()).Order(StringComparer.Ordinal).OrderBy(static type => type == "CONNECT" ? 0 : type == "MESSAGE" ? 1 : 2));
            Assert.All(events, item =>
            {
                var context = item.GetProperty("requestContext");
                var authorizer = context.GetProperty("authorizer");
                Assert.Equal(("alice", "1", "true"), (authorizer.GetProperty("principalId").GetString(), authorizer.GetProperty("n").GetString(), authorizer.GetProperty("b").GetString()));
                Assert.Equal(JsonValueKind.Number, authorizer.GetProperty("integrationLatency").ValueKind);
                Assert.Equal(asked.GetProperty("requestContext").GetProperty("connectionId").GetString(), context.GetProperty("connectionId").GetString());
                Assert.Equal(asked.GetProperty("requestContext").GetProperty("connectedAt").GetInt64(), context.GetProperty("connectedAt").GetInt64());
            });
        }
    }

    [Theory]
    [InlineData("execute-api:Invoke", "prod/$connect", 101)]
    [InlineData("execute-api:Invoke", "prod/GET/", 403)]
    [InlineData("execute-api:ManageConnections", "*", 403)]
    public async Task Iam_Signed_NeedsThePermission(string action, string resource, int status)
    {
        var time = new ManualTimeProvider();
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"arn:aws:execute-api:*:*:chat/{{resource}}"}]}""";
        await using var api = await new ChatApi().At(time).Function("echo").StartAsync(
            $$""" "$connect": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "AWS_PROXY", "Uri": "echo" } } """,
            more: $$"""
            "Credentials": { "{{Id}}": { "SecretAccessKey": "{{Secret}}", "PrincipalArn": "arn:aws:iam::123456789012:user/ann", "Policies": [ {{JsonSerializer.Serialize(policy)}} ] } },
            """);
        using var request = TestClient.Request(HttpMethod.Get, api.Host.Client.BaseAddress!, "/prod");
        foreach (var (name, value) in new[]
            { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await api.Host.Client.SendAsync(TestSigner.Sign(request, Id, Secret, time.GetUtcNow()), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 101)
        {
            var identity = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("identity");
            Assert.Equal("arn:aws:iam::123456789012:user/ann", identity.GetProperty("userArn").GetString());
        }
        else
        {
            Assert.Contains("is not authorized to perform: execute-api:Invoke on resource:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Iam_Unsigned_MissingAuthenticationToken()
    {
        await using var api = await new ChatApi().StartAsync(""" "$connect": { "AuthorizationType": "AWS_IAM" } """);

        Assert.Equal((403, """{"message":"Missing Authentication Token"}"""), await api.ShakeAsync());
    }

    [Fact]
    public async Task ApiKey_OnConnect_OpensAndIsInEvents()
    {
        await using var api = await StartWithKeyAsync(""" "Throttle": { "RateLimit": 100, "BurstLimit": 100 } """);

        var without = await api.ShakeAsync();
        var wrong = await api.ShakeAsync("/prod", ("x-api-key", "wrong-key-of-twenty-characters"));
        await using var socket = await api.ConnectAsync(configure: static client => client.Options.SetRequestHeader("x-api-key", "a-key-of-at-least-twenty-characters"));
        await socket.SendAsync("x");

        var identity = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("identity");
        Assert.Equal((403, """{"message":"Forbidden"}"""), without);
        Assert.Equal((403, """{"message":"Forbidden"}"""), wrong);
        Assert.Equal("key", identity.GetProperty("apiKeyId").GetString());
        Assert.Equal("a-key-of-at-least-twenty-characters", identity.GetProperty("apiKey").GetString());
    }

    [Theory]
    [InlineData(""" "Throttle": { "RateLimit": 1, "BurstLimit": 1 } """, """{"message":"Too Many Requests"}""")]
    [InlineData(""" "Quota": { "Limit": 1, "Period": "DAY" } """, """{"message":"Limit Exceeded"}""")]
    public async Task ApiKey_BeyondItsPlan_429AndMessagesDoNotCount(string plan, string body)
    {
        await using var api = await StartWithKeyAsync(plan);
        await using var socket = await api.ConnectAsync(configure: static client => client.Options.SetRequestHeader("x-api-key", "a-key-of-at-least-twenty-characters"));
        await socket.SendAsync("x");
        await socket.SendAsync("x");
        await api.NextEventAsync();
        await api.NextEventAsync();

        var second = await api.ShakeAsync("/prod", ("x-api-key", "a-key-of-at-least-twenty-characters"));

        Assert.Equal((429, body), second);
    }

    [Fact]
    public async Task Throttle_OfConnect_429()
    {
        await using var api = await new ChatApi().At(new ManualTimeProvider())
            .StartAsync(""" "$connect": { "Integration": { "Type": "MOCK" } } """, stage: """ "RouteSettings": { "$connect": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 1 } } """);

        Assert.Equal((101, ""), await api.ShakeAsync());
        Assert.Equal((429, """{"message":"Too Many Requests"}"""), await api.ShakeAsync());
    }

    [Fact]
    public async Task Throttle_OfNewConnections_429AndMessagesDoNotCount()
    {
        await using var api = await new ChatApi().At(new ManualTimeProvider()).Function("echo")
            .StartAsync($""" "$default": {ChatApi.Lambda("echo")} """, more: """ "ConnectionThrottle": { "RateLimit": 1, "BurstLimit": 2 }, """);
        await using var socket = await api.ConnectAsync();
        await socket.SendAsync("x");
        await socket.SendAsync("x");
        await api.NextEventAsync();
        await api.NextEventAsync();

        var second = await api.ShakeAsync();
        var third = await api.ShakeAsync();
        api.Time!.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((101, ""), second);
        Assert.Equal((429, """{"message":"Too Many Requests"}"""), third);
        Assert.Equal((101, ""), await api.ShakeAsync());
    }

    private const string Authorizer = """ "Authorizers": { "auth": { "AuthorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations", "IdentitySource": [ "route.request.querystring.token" ] } }, """;

    private static readonly string Routes = $$"""
        "$connect": { "AuthorizationType": "CUSTOM", "AuthorizerId": "auth", "Integration": { "Type": "AWS_PROXY", "Uri": "echo" } },
        "$disconnect": {{ChatApi.Lambda("echo")}}, "$default": {{ChatApi.Lambda("echo")}}
        """;

    private static Task<ChatApi> StartAsync(string? answer) =>
        new ChatApi().Function("auth", answer).Function("echo").StartAsync(Routes, Authorizer);

    private static Task<ChatApi> StartWithKeyAsync(string plan) => new ChatApi().At(new ManualTimeProvider()).Function("echo").StartAsync(
        $$""" "$connect": { "ApiKeyRequired": true }, "$default": {{ChatApi.Lambda("echo")}} """,
        more: $$"""
        "ApiKeys": { "key": { "Value": "a-key-of-at-least-twenty-characters", "UsagePlans": [ "plan" ] } },
        "UsagePlans": { "plan": { "ApiStages": [ { "ApiId": "chat", "Stage": "prod" } ], {{plan}} } },
        """);

    // The member's letter is that of REST APIs' answers to policies.
    private static (int Status, string Body) Known((int Status, string Body) answer) =>
        (answer.Status, answer.Body.Replace("\"message\"", "\"Message\"", StringComparison.Ordinal));
}
