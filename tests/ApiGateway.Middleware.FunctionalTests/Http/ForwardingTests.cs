using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Http;

/// <summary>What a backend gets and what the client gets back: methods, targets, bodies, status.</summary>
public sealed class ForwardingTests
{
    [Theory]
    [InlineData("/dev/orders/42?a=1&a=2&b", "/v1/orders/42?a=1&a=2&b")]
    [InlineData("/dev/orders/a%2Fb", "/v1/orders/a%2Fb")]
    [InlineData("/dev/orders/caf%c3%A9", "/v1/orders/caf%c3%A9")]
    [InlineData("/dev/orders/a%252e", "/v1/orders/a%252e")]
    [InlineData("/dev/orders/a+b?x=%2B+%20", "/v1/orders/a+b?x=%2B+%20")]
    [InlineData("/dev/orders/42?", "/v1/orders/42")]
    public async Task HttpProxy_PathVariableAndQuery_ReachTheBackendAsReceived(string target, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("GET /orders/{id}", backend.Url + "/v1/orders/{id}");

        using var response = await host.GetAsync(target);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, (await backend.NextAsync()).Target);
    }

    [Theory]
    [InlineData("/dev/files/a/b/c.txt", "/a/b/c.txt?fixed=1")]
    [InlineData("/dev/files/a//b/", "/a//b?fixed=1")]
    [InlineData("/dev/files/a?x=y", "/a?fixed=1&x=y")]
    public async Task HttpProxy_GreedyVariableAndOwnQuery_AreJoined(string target, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("GET /files/{proxy+}", backend.Url + "/{proxy}?fixed=1");

        using var response = await host.GetAsync(target);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, (await backend.NextAsync()).Target);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task HttpProxy_Any_KeepsTheMethod(string method)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("ANY /x", backend.Url + "/x");

        using var response = await host.SendAsync(new HttpMethod(method), "/dev/x");

        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
        Assert.Equal(method, (await backend.NextAsync()).Method);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpProxy_Head_CarriesHeadersOfTheBackendAndNoBody(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.ContentLength = 1234;
            return Task.CompletedTask;
        });
        await using var host = await StartAsync("HEAD /x", backend.Url + "/x", isStreaming);

        using var response = await host.SendAsync(HttpMethod.Head, "/dev/x");

        Assert.Equal("HEAD", (await backend.NextAsync()).Method);
        Assert.Equal(1234, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpProxy_IntegrationMethod_ReplacesTheMethodAndDropsTheBodyOfGet(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("POST /x", method => method.HttpProxy(backend.Url + "/x", integration =>
            {
                integration.IntegrationHttpMethod = "GET";
                integration.Streaming = isStreaming;
            }))
            .Stage("dev")));

        using var response = await host.Client.PostAsync("/dev/x", new StringContent("body"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = await backend.NextAsync();
        Assert.Equal("GET", request.Method);
        Assert.Empty(request.Body);
        Assert.True(request["Content-Length"] is null or "0");
        Assert.Null(request["Transfer-Encoding"]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task HttpProxy_GetWithBody_DropsIt(bool isStreaming, bool isChunked)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("GET /x", backend.Url + "/x", isStreaming);
        var request = TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, "/dev/x");
        request.Content = new StringContent("body");
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty((await backend.NextAsync()).Body);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task HttpProxy_PostWithBody_ReachesTheBackendWhole(bool isStreaming, bool isChunked)
    {
        await using var backend = await TestBackend.StartAsync(http => http.Response.WriteAsync("thanks"));
        await using var host = await StartAsync("POST /x", backend.Url + "/x", isStreaming);
        var text = string.Concat(Enumerable.Repeat("0123456789abcdef", 20_000));
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new StringContent(text);
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal("thanks", await response.Content.ReadAsStringAsync());
        var received = await backend.NextAsync();
        Assert.Equal(text, received.Text);
        Assert.Equal("text/plain; charset=utf-8", received["Content-Type"]);
        Assert.Equal(isStreaming && isChunked ? null : $"{text.Length}", received["Content-Length"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpProxy_PostWithoutBody_SaysSo(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("POST /x", backend.Url + "/x", isStreaming);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("0", (await backend.NextAsync())["Content-Length"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(65_535)]
    [InlineData(65_537)]
    [InlineData(1_048_577)]
    public async Task HttpProxy_AnswerOfAnyLength_ArrivesWholeAndAtOnce(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        foreach (var isChunked in (bool[])[true, false])
        {
            await using var backend = await TestBackend.StartAsync(http =>
            {
                http.Response.ContentLength = isChunked ? null : length;
                return http.Response.Body.WriteAsync(bytes).AsTask();
            });
            foreach (var isStreaming in (bool[])[true, false])
            {
                await using var host = await StartAsync("GET /x", backend.Url + "/x", isStreaming);

                using var response = await host.GetAsync("/dev/x");

                Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync().InTime());
            }
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task HttpProxy_StatusOfTheBackend_Passes(int status)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return http.Response.WriteAsync("as it came");
        });
        foreach (var isStreaming in (bool[])[true, false])
        {
            await using var host = await StartAsync("GET /x", backend.Url + "/x", isStreaming);

            using var response = await host.GetAsync("/dev/x");

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("/elsewhere", response.Headers.Location?.ToString());
            Assert.Equal("as it came", await response.Content.ReadAsStringAsync());
            Assert.False(response.Headers.Contains("x-amzn-ErrorType"));
        }
    }

    [Theory]
    [InlineData(204, true)]
    [InlineData(204, false)]
    [InlineData(304, true)]
    [InlineData(304, false)]
    public async Task HttpProxy_StatusWithoutBody_Passes(int status, bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.ETag = "\"1\"";
            return Task.CompletedTask;
        });
        await using var host = await StartAsync("GET /x", backend.Url + "/x", isStreaming);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.Tag);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HttpProxy_CompressedAnswer_PassesUntouched()
    {
        byte[] bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(bytes).AsTask();
        });
        await using var host = await StartAsync("GET /x", backend.Url + "/x");

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
    }

    [Fact]
    public async Task HttpProxy_CookiesOfTwoClients_StayApart()
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = new(["a=1", "b=2"]);
            return Task.CompletedTask;
        });
        await using var host = await StartAsync("GET /x", backend.Url + "/x");

        using var first = await host.GetAsync("/dev/x");
        using var second = await host.GetAsync("/dev/x");

        Assert.Equal(["a=1", "b=2"], first.Headers.GetValues("Set-Cookie"));
        await backend.NextAsync();
        Assert.Null((await backend.NextAsync())["Cookie"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Http_Defaults_SendNothingOfTheClientButTheTypeOfItsBody(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.Headers["X-Internal"] = "secret";
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync("answer");
        });
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
        {
            api.Definition.HeaderProfile = HeaderProfile.Aws;
            api.Map("POST /x", method => method.Http(backend.Url + "/x", integration => integration.Streaming = isStreaming)).Stage("dev");
        }));
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x?a=b");
        request.Content = new StringContent("{}", null, "application/vnd.x+json");
        request.Headers.Add("X-Client", "1");
        request.Headers.Add("User-Agent", "client");
        request.Headers.Add("Accept", "text/html");

        using var response = await host.Client.SendAsync(request);

        var received = await backend.NextAsync();
        Assert.Equal("/x", received.Target);
        Assert.Equal("{}", received.Text);
        Assert.Null(received["X-Client"]);
        Assert.Equal("application/json", received["Accept"]);
        Assert.Equal("AmazonAPIGateway_api", received["User-Agent"]);
        Assert.Equal("application/vnd.x+json; charset=utf-8", received["Content-Type"]);
        Assert.Equal("api", received["X-Amzn-Apigateway-Api-Id"]);
        Assert.Equal(received["X-Amzn-Trace-Id"], response.Headers.GetValues("X-Amzn-Trace-Id").Single());
        Assert.False(response.Headers.Contains("X-Internal"));
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HttpProxy_StageVariables_GiveEachStageItsBackend()
    {
        await using var one = await TestBackend.StartAsync(static http => http.Response.WriteAsync("one"));
        await using var two = await TestBackend.StartAsync(static http => http.Response.WriteAsync("two"));
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("GET /x", static method => method.HttpProxy("http://${stageVariables.backend}/${stageVariables.version}/x"))
            .Stage("dev", ("backend", one.Authority), ("version", "v1"))
            .Stage("prod", ("backend", two.Authority), ("version", "v2"))));

        Assert.Equal("one", await host.GetTextAsync("/dev/x"));
        Assert.Equal("two", await host.GetTextAsync("/prod/x"));
        Assert.Equal("/v1/x", (await one.NextAsync()).Target);
        Assert.Equal("/v2/x", (await two.NextAsync()).Target);
    }

    private static Task<TestHost> StartAsync(string route, string uri, bool isStreaming = true) =>
        TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map(route, method => method.HttpProxy(uri, integration => integration.Streaming = isStreaming))
            .Stage("dev")));
}
