using System.Net;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Parameter mapping between clients and HTTP backends: section 9 of the rules of HTTP APIs.</summary>
public sealed class ParameterMappingTests
{
    // Vector 11: renames, in whatever order.
    [Fact]
    public async Task Request_AppendAndRemove_Rename()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, ("append:header.h2", "$request.header.h1"), ("remove:header.h1", "''"));

        using var response = await host.SendAsync(HttpMethod.Get, "/", ("h1", "value"));
        var request = await backend.NextAsync();

        Assert.Equal((null, "value"), (request["h1"], request["h2"]));
    }

    // Vector 11.
    [Fact]
    public async Task Response_StatusCode_IsOverwritten()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync("secret");
        });
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, configure: static integration =>
            integration.ResponseParameters["500"] = new Dictionary<string, string> { ["overwrite:statuscode"] = "403" });

        Assert.Equal(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\nConnection: close\r\napigw-requestid: *\r\n\r\nsecret", await host.RawAsync("GET / HTTP/1.1"));
    }

    // Vector 11.
    [Fact]
    public async Task Definition_ReservedHeader_IsRejected()
    {
        await using var backend = await TestBackend.StartAsync();

        var exception = await Assert.ThrowsAsync<DefinitionException>(() => StartAsync(backend, ("overwrite:header.x-amz-foo", "x")));

        Assert.Contains("Operations on header x-amz-foo are restricted", exception.Message, StringComparison.Ordinal);
    }

    // M-1 to M-9, all that goes into one request.
    [Fact]
    public async Task Request_AllTargets_ReachTheBackend()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(
            backend, "POST /pets/{id}", ("append:header.X-A", "two"), ("overwrite:header.content-type", "text/plain"), ("overwrite:header.host", "other.example.com"),
            ("append:querystring.who", "$context.identity.sourceIp"), ("overwrite:querystring.a", "${request.path.id}&${stageVariables.v}"),
            ("remove:querystring.gone", "''"), ("overwrite:path", "/base/${request.path.id}"), ("append:header.x-name", "$request.body.name"));

        using var message = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/pets/a%20b?a=1&gone=2&a=3&c=%20");
        message.Content = new StringContent("""{"name":"rex"}""");
        message.Headers.TryAddWithoutValidation("X-A", "one");
        using var response = await host.Client.SendAsync(message);
        var request = await backend.NextAsync();

        Assert.Equal("/base/a%20b?own=1&c=%20&a=a%20b%261&who=127.0.0.1", request.Target);
        Assert.Equal(["one", "two"], request.Headers["X-A"].SelectMany(static line => line.Split(", ")));
        Assert.Equal(("text/plain", "other.example.com", "rex", """{"name":"rex"}"""), (request["Content-Type"], request["Host"], request["x-name"], request.Text));
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("/%2e%2e/x")]
    public async Task Request_PathThatLeadsElsewhere_400(string path)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, ("overwrite:path", "$request.querystring.to"));

        using var response = await host.GetAsync("/?to=" + Uri.EscapeDataString(path));

        Assert.Equal((HttpStatusCode.BadRequest, """{"message":"Bad Request"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(0, backend.Count);
    }

    // M-1, M-6 and M-8 on the way back.
    [Fact]
    public async Task Response_Headers_AreChangedByStatus()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = http.Request.Path == "/found" ? 302 : 200;
            http.Response.Headers["X-A"] = "one";
            http.Response.Headers["X-B"] = new(["1", "2"]);
            return http.Response.WriteAsync("""{"id":[7]}""");
        });
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, configure: static integration =>
            integration.ResponseParameters["200"] = new Dictionary<string, string>
            {
                ["overwrite:header.X-A"] = "$response.header.x-b",
                ["remove:header.x-b"] = "''",
                ["append:header.x-id"] = "$response.body.id[0]",
                ["append:header.x-none"] = "$response.body.none",
            });

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\napigw-requestid: *\r\nX-A: 1,2\r\nx-id: 7\r\n\r\n{\"id\":[7]}",
            await host.RawAsync("GET / HTTP/1.1"));
        Assert.Equal(
            "HTTP/1.1 302 Found\r\nContent-Length: 10\r\nConnection: close\r\napigw-requestid: *\r\nX-A: one\r\nX-B: 1\r\nX-B: 2\r\n\r\n{\"id\":[7]}",
            await host.RawAsync("GET /found HTTP/1.1"));
    }

    [Fact]
    public async Task Response_ToHead_KeepsTheLengthOfTheBodyThatNeverComes()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.ContentLength = 42;
            return Task.CompletedTask;
        });
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, configure: static integration =>
            integration.ResponseParameters["200"] = new Dictionary<string, string> { ["append:header.x-a"] = "a" });

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 42\r\nConnection: close\r\napigw-requestid: *\r\nx-a: a\r\n\r\n", await host.RawAsync("HEAD / HTTP/1.1"));
    }

    // X-7: what does not read bodies does not hold them.
    [Fact]
    public async Task Response_HeadersAlone_LetTheBodyFlow()
    {
        var rest = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            http.Response.Headers["x-b"] = "b";
            await http.Response.WriteAsync("first");
            await rest.Task;
            await http.Response.WriteAsync("second");
        });
        await using var host = await StartAsync(backend.Url, DefinitionProfile.Embedded, ("200", "overwrite:header.x-a", "$response.header.x-b"));

        using var response = await host.GetAsync("/");
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first).AsTask().InTime();
        rest.SetResult();

        Assert.Equal(("b", "first"), (response.Headers.GetValues("x-a").Single(), System.Text.Encoding.ASCII.GetString(first)));
        Assert.Equal("second", await new StreamReader(body).ReadToEndAsync().InTime());
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact)]
    [InlineData(DefinitionProfile.Embedded)]
    public async Task Response_StatusWithoutBody_LosesTheBody(DefinitionProfile profile)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, profile, ("200", "overwrite:statuscode", "204"));

        Assert.Equal("HTTP/1.1 204 No Content\r\nConnection: close\r\napigw-requestid: *\r\n\r\n", await host.RawAsync("GET / HTTP/1.1"));
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact)]
    [InlineData(DefinitionProfile.Embedded)]
    public async Task Response_BodyThatNeverComes_IsAnErrorWithoutMappedHeaders(DefinitionProfile profile)
    {
        await using var backend = RawBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Own: 1\r\n\r\n");
        await using var host = await StartAsync(backend.Url, profile, ("200", "append:header.x-a", "a"));

        Assert.Equal(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 33\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Service Unavailable\"}",
            await host.RawAsync("GET / HTTP/1.1"));
    }

    // M-10.
    [Fact]
    public async Task Response_OfTheGateway_IsNeverMapped()
    {
        await using var host = await HttpApiSetup.StartProxyAsync("http://127.0.0.1:1", configure: static integration =>
            integration.ResponseParameters["503"] = new Dictionary<string, string> { ["overwrite:statuscode"] = "200" });

        using var response = await host.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Request_ToTheApplication_HasTheMappedParametersWhileItRuns()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync(
                $"{http.Request.Path.Value}{http.Request.QueryString} {http.Request.Headers["x-a"]} {http.Request.Headers.ContainsKey("x-b")}"))
            .AddHttpApi("api", static api => api
                .Map("$default", static route => route.InProcess("h", static integration =>
                {
                    integration.RequestParameters["overwrite:header.x-a"] = "new";
                    integration.RequestParameters["remove:header.x-b"] = "''";
                    integration.RequestParameters["overwrite:querystring.q"] = "2";
                    integration.RequestParameters["overwrite:path"] = "/x%20y";
                }))
                .Stage("$default")));

        using var response = await host.SendAsync(HttpMethod.Get, "/a?q=1", ("x-a", "old"), ("x-b", "b"));

        Assert.Equal("/x y?q=2 new False", await response.Content.ReadAsStringAsync());
    }

    // M-13: both shapes.
    [Theory]
    [InlineData("""{ "200": { "overwrite:header.x-a": "new", "overwrite:statuscode": "202" } }""")]
    [InlineData("""
        { "200": { "ResponseParameters": [
            { "Destination": "overwrite:header.x-a", "Source": "new" }, { "Destination": "overwrite:statuscode", "Source": "202" } ] } }
        """)]
    public async Task Settings_BothShapes_AreRead(string responses)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(
            $$"""
            { "Apis": { "api": { "ProtocolType": "HTTP", "Stages": { "$default": {} }, "Routes": { "GET /a": { "Integration": {
              "IntegrationType": "HTTP_PROXY", "IntegrationUri": "{{backend.Url}}",
              "RequestParameters": { "append:header.x-r": "$request.querystring.q" }, "ResponseParameters": {{responses}} } } } } } }
            """);

        using var response = await host.GetAsync("/a?q=1");

        Assert.Equal((HttpStatusCode.Accepted, "new"), (response.StatusCode, response.Headers.GetValues("x-a").Single()));
        Assert.Equal("1", (await backend.NextAsync())["x-r"]);
    }

    private static Task<TestHost> StartAsync(string url, DefinitionProfile profile, params (string Status, string Key, string Value)[] mappings) =>
        HttpApiSetup.StartProxyAsync(url, profile: profile, configure: integration =>
        {
            foreach (var (status, key, value) in mappings)
            {
                integration.ResponseParameters[status] = new Dictionary<string, string> { [key] = value };
            }
        });

    private static Task<TestHost> StartAsync(TestBackend backend, params (string Key, string Value)[] mappings) => StartAsync(backend, "$default", mappings);

    private static Task<TestHost> StartAsync(TestBackend backend, string route, params (string Key, string Value)[] mappings) =>
        HttpApiSetup.StartProxyAsync(backend.Url + "/base?own=1", route, configure: integration =>
        {
            foreach (var (key, value) in mappings)
            {
                integration.RequestParameters[key] = value;
            }
        });
}
