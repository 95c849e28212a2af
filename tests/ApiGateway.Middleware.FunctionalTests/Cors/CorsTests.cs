using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Cors;

/// <summary>What browsers are told on account of <c>Cors</c>.</summary>
public sealed class CorsTests
{
    private const string Shop = "https://shop.example.com";
    private const string Below = "https://a.b.example.org";
    private const string Evil = "https://evil.example";

    private const string PreflightHeaders =
        "Access-Control-Allow-Credentials: true|Access-Control-Allow-Headers: Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token"
        + "|Access-Control-Allow-Methods: GET,POST,OPTIONS|Access-Control-Allow-Origin: {0}|Access-Control-Max-Age: 600|Vary: Origin";

    private const string AnswerHeaders =
        "Access-Control-Allow-Credentials: true|Access-Control-Allow-Origin: {0}|Access-Control-Expose-Headers: X-Answer,X-Other|Vary: Origin";

    [Theory]
    [InlineData(Shop, PreflightHeaders)]
    [InlineData(Below, PreflightHeaders)]
    [InlineData("https://example.org", "Vary: Origin")]
    [InlineData("https://SHOP.example.com", "Vary: Origin")]
    [InlineData(Evil, "Vary: Origin")]
    [InlineData("null", "Vary: Origin")]
    public async Task Preflight_OfAResource_IsAnsweredWithoutIt(string origin, string expected)
    {
        await using var host = await StartAsync();

        using var response = await PreflightAsync(host, "/dev/orders/42", origin);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(For(expected, origin), HeadersOf(response));
        Assert.False(response.Content.Headers.Contains("Content-Length"));
        Assert.False(response.Content.Headers.Contains("Content-Type"));
        Assert.False(response.Headers.Contains("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData(Shop, AnswerHeaders)]
    [InlineData(Below, AnswerHeaders)]
    [InlineData(Evil, "Vary: Origin")]
    [InlineData(null, "Vary: Origin")]
    public async Task Answer_OfTheApplication_HasTheHeaders(string? origin, string expected)
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "GET", "/dev/orders/42", origin);

        Assert.Equal("GET /orders/42", await response.Content.ReadAsStringAsync());
        Assert.Equal(For(expected, origin), HeadersOf(response));
    }

    [Theory]
    [InlineData(Shop)]
    [InlineData(null)]
    public async Task AnyOrigin_AnswersAreTheSameForAll(string? origin)
    {
        await using var host = await StartAsync(static cors =>
        {
            cors.AllowOrigins.Clear();
            cors.AllowOrigins.Add("*");
            cors.AllowCredentials = false;
        });

        using var answer = await SendAsync(host, "GET", "/dev/orders/42", origin);
        using var refusal = await SendAsync(host, "GET", "/dev/nothing", origin);

        Assert.Equal("Access-Control-Allow-Origin: *|Access-Control-Expose-Headers: X-Answer,X-Other", HeadersOf(answer));
        Assert.Equal(HeadersOf(answer), HeadersOf(refusal));
    }

    [Theory]
    [InlineData("OPTIONS", "/dev/orders/42", false)]
    [InlineData("OPTIONS", "/dev/nothing", true)]
    [InlineData("DELETE", "/dev/orders/42", false)]
    [InlineData("GET", "/dev/nothing", false)]
    public async Task NoSuchMethod_PreflightOrNot_IsRefusedWithTheHeaders(string method, string target, bool isPreflight)
    {
        await using var host = await StartAsync();

        using var response = isPreflight ? await PreflightAsync(host, target, Shop) : await SendAsync(host, method, target, Shop);

        await Refusal.AssertMissingTokenAsync(response);
        Assert.Equal(For(AnswerHeaders, Shop), HeadersOf(response));
    }

    [Theory]
    [InlineData("/dev/own", "OPTIONS /own")]
    [InlineData("/dev/any/x", "OPTIONS /any/x")]
    public async Task Preflight_ResourceWithOptionsOrAny_IsTheResourcesOwn(string target, string expected)
    {
        await using var host = await StartAsync();

        using var response = await PreflightAsync(host, target, Shop);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal("", HeadersOf(response));
    }

    [Fact]
    public async Task Preflight_BelowAWiderAny_IsThatOfTheNearestResource()
    {
        await using var host = await StartAsync();

        using var near = await PreflightAsync(host, "/dev/any/near", Shop);
        using var other = await SendAsync(host, "OPTIONS", "/dev/any/near", Shop);

        Assert.Equal(HttpStatusCode.NoContent, near.StatusCode);
        Assert.Contains("Access-Control-Allow-Methods: PUT,OPTIONS|", HeadersOf(near), StringComparison.Ordinal);

        // No preflight: routed as without CORS.
        Assert.Equal("OPTIONS /any/near", await other.Content.ReadAsStringAsync());
        Assert.Equal(For(AnswerHeaders, Shop), HeadersOf(other));
    }

    [Fact]
    public async Task Application_SetsItsOwn_Wins()
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "GET", "/dev/self", Shop);

        Assert.Equal("Access-Control-Allow-Credentials: true|Access-Control-Allow-Origin: mine|Access-Control-Expose-Headers: X-Answer,X-Other|Vary: Origin", HeadersOf(response));
    }

    [Theory]
    [InlineData(true, Shop, AnswerHeaders)]
    [InlineData(false, Shop, AnswerHeaders)]
    [InlineData(true, Evil, "Vary: Origin")]
    [InlineData(false, Evil, "Vary: Origin")]
    [InlineData(true, null, "Vary: Origin")]
    public async Task Backend_SendsItsOwn_TheGatewaysWin(bool isStreaming, string? origin, string expected)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlAllowMethods = "DELETE";
            http.Response.Headers["access-control-allow-private-network"] = "true";
            http.Response.Headers.Vary = "Accept-Encoding";
            return http.Response.WriteAsync("backend");
        });
        await using var host = await StartWithBackendAsync(backend.Url, isStreaming);

        using var response = await SendAsync(host, "GET", "/dev/x", origin);

        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
        Assert.Equal(For(expected, origin).Replace("Vary: Origin", "Vary: Accept-Encoding, Origin", StringComparison.Ordinal), HeadersOf(response));
    }

    [Theory]
    [InlineData("Origin", "Origin")]
    [InlineData("Accept-Encoding, origin", "Accept-Encoding, origin")]
    [InlineData("Origin-Agent", "Origin-Agent, Origin")]
    public async Task Backend_VariesByOriginAlready_IsNamedOnce(string vary, string expected)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.Headers.Vary = vary;
            return http.Response.WriteAsync("backend");
        });
        await using var host = await StartWithBackendAsync(backend.Url, isStreaming: true);

        using var response = await SendAsync(host, "GET", "/dev/x", Evil);

        Assert.Equal("Vary: " + expected, HeadersOf(response));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_OfAnAnyMethod_AnswersPreflightsInItsOwnWords(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 204;
            http.Response.Headers.AccessControlAllowOrigin = "https://of-the-backend.example";
            http.Response.Headers.AccessControlAllowMethods = "DELETE";
            return Task.CompletedTask;
        });
        await using var host = await StartWithBackendAsync(backend.Url, isStreaming, "ANY /x");

        using var response = await PreflightAsync(host, "/dev/x", Shop);

        Assert.Equal("Access-Control-Allow-Methods: DELETE|Access-Control-Allow-Origin: https://of-the-backend.example", HeadersOf(response));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_BreaksOff_TheRefusalHasTheHeadersOnce(bool isStreaming)
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nVary: Accept-Encoding\r\nAccess-Control-Allow-Origin: *\r\n\r\n");
        await using var host = await StartWithBackendAsync(backend.Url, isStreaming);

        using var response = await SendAsync(host, "GET", "/dev/x", Shop);

        await Refusal.AssertServerErrorAsync(response, "Network error communicating with endpoint");
        Assert.Equal(For(AnswerHeaders, Shop), HeadersOf(response));
    }

    [Fact]
    public async Task Refusals_OfEveryStep_HaveTheHeaders()
    {
        await using var host = await StartAsync();

        foreach (var (target, status) in ((string, int)[])
            [("/dev/" + new string('a', 11_000), 414), ("/dev/a%5Cb", 400), ("/dev/nothing", 403), ("/dev/broken", 500)])
        {
            using var allowed = await SendAsync(host, "GET", target, Shop);
            using var other = await SendAsync(host, "GET", target, Evil);

            Assert.Equal(status, (int)allowed.StatusCode);
            Assert.Equal(For(AnswerHeaders, Shop), HeadersOf(allowed));
            Assert.Equal("Vary: Origin", HeadersOf(other));
        }
    }

    [Fact]
    public async Task Refusal_WithoutAStage_HasTheHeaders()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway.AddRestApi("api", static api =>
        {
            api.Map("GET /x", static method => method.Mock()).Stage("dev").Host("localhost");
            api.Definition.Cors = Definition();
        }));

        using var response = await host.SendAsync(HttpMethod.Get, "/none/x", ("Host", "localhost"), ("Origin", Shop));

        await Refusal.AssertForbiddenAsync(response);
        Assert.Equal(For(AnswerHeaders, Shop), HeadersOf(response));
    }

    [Fact]
    public async Task Refusal_CustomizedWithItsOwnOrigin_KeepsIt()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway.AddRestApi("api", static api =>
        {
            api.Map("GET /x", static method => method.Mock()).Stage("dev");
            api.Definition.Cors = Definition();
            api.Definition.GatewayResponses[GatewayResponseType.Default4xx] = new GatewayResponseDefinition(GatewayResponseType.Default4xx)
            {
                ResponseParameters = { ["gatewayresponse.header.Access-Control-Allow-Origin"] = "'https://own.example'" },
            };
        }));

        using var response = await SendAsync(host, "GET", "/dev/nothing", Shop);

        Assert.Equal("https://own.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task NoCors_ApiBesideOneWithIt_HasNoHeaders()
    {
        await using var host = await StartAsync();

        using var answer = await SendAsync(host, "GET", "/plain/x", Shop);
        using var preflight = await PreflightAsync(host, "/plain/x", Shop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", HeadersOf(answer));
        await Refusal.AssertMissingTokenAsync(preflight);
        Assert.Equal("", HeadersOf(preflight));
    }

    [Fact]
    public async Task UseSteps_WithoutCors_PreflightsGetNoLeave()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            App = static app => app.UseApiGateway(static pipeline => pipeline.UseSteps(GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration)),
            Gateway = static gateway => gateway.AddRestApi("api", static api =>
            {
                api.Map("GET /x", static method => method.Mock()).Stage("dev");
                api.Definition.Cors = Definition();
            }),
        });

        using var response = await PreflightAsync(host, "/dev/x", Shop);

        Assert.Equal("", HeadersOf(response));
    }

    [Fact]
    public async Task Browser_AllowedOrigin_FetchesAndReadsAnswersAndRefusals()
    {
        await using var host = await StartAsync();
        var browser = new Browser(host, Shop, sendsCredentials: true);

        Assert.Equal((200, "GET /orders/42", "yes"), await browser.FetchAsync("GET", "/dev/orders/42"));
        Assert.Equal(0, browser.Preflights);
        Assert.Equal((200, "POST /orders/42", "yes"), await browser.FetchAsync("POST", "/dev/orders/42", "X-Api-Key"));
        Assert.Equal((1, 600), (browser.Preflights, browser.MaxAge));
        Assert.Equal((200, "PUT /any/near", "yes"), await browser.FetchAsync("PUT", "/dev/any/near"));

        // No such resource: the script can read why.
        Assert.Equal((403, """{"message":"Missing Authentication Token"}""", null), await browser.FetchAsync("GET", "/dev/nothing"));
        Assert.Equal((500, """{"message": "Internal server error"}""", null), await browser.FetchAsync("GET", "/dev/broken"));
    }

    [Fact]
    public async Task Browser_WhatIsNotAllowed_GetsNothing()
    {
        await using var host = await StartAsync();

        Assert.Null(await new Browser(host, Evil).FetchAsync("GET", "/dev/orders/42"));
        Assert.Null(await new Browser(host, Evil).FetchAsync("POST", "/dev/orders/42", "X-Api-Key"));
        Assert.Null(await new Browser(host, Shop).FetchAsync("DELETE", "/dev/orders/42"));
        Assert.Null(await new Browser(host, Shop).FetchAsync("POST", "/dev/orders/42", "X-Unlisted"));
        Assert.Null(await new Browser(host, Shop).FetchAsync("GET", "/plain/x"));
    }

    private static string For(string headers, string? origin) => headers.Replace("{0}", origin, StringComparison.Ordinal);

    private static CorsDefinition Definition() => new()
    {
        AllowOrigins = { Shop, "https://*.example.org" },
        ExposeHeaders = { "X-Answer", "X-Other" },
        AllowCredentials = true,
        MaxAge = 600,
    };

    private static Task<TestHost> StartAsync(Action<CorsDefinition>? change = null) => TestHost.StartAsync(gateway => gateway
        .AddRestApi("api", api =>
        {
            foreach (var route in (string[])
                ["GET /orders/{id}", "POST /orders/{id}", "GET /own", "OPTIONS /own", "ANY /any/{proxy+}", "PUT /any/near"])
            {
                api.Map(route, static method => method.InProcess("tell"));
            }

            api.Map("GET /self", static method => method.InProcess("self")).Map("GET /broken", static method => method.Http("http://backend.invalid"));
            api.Stage("dev");
            api.Definition.Cors = Definition();
            change?.Invoke(api.Definition.Cors);
        })
        .AddRestApi("without", static api => api.Map("GET /x", static method => method.Mock()).Stage("plain"))
        .AddHandler("tell", static http =>
        {
            http.Response.Headers["X-Answer"] = "yes";
            return http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}");
        })
        .AddHandler("self", static http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "mine";
            return http.Response.WriteAsync("self");
        }));

    private static Task<TestHost> StartWithBackendAsync(string url, bool isStreaming, string route = "GET /x") =>
        TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
        {
            api.Map(route, method => method.HttpProxy(url + "/x", integration =>
            {
                integration.Streaming = isStreaming;
                integration.IntegrationHttpMethod = "ANY";
            })).Stage("dev");
            api.Definition.Cors = Definition();
        }));

    private static Task<HttpResponseMessage> PreflightAsync(TestHost host, string target, string origin) => host.SendAsync(
        HttpMethod.Options, target, ("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "x-api-key"));

    private static Task<HttpResponseMessage> SendAsync(TestHost host, string method, string target, string? origin) =>
        host.SendAsync(new HttpMethod(method), target, origin is null ? [] : [("Origin", origin)]);

    /// <summary>Gets the headers that concern other origins, in the order of their names.</summary>
    private static string HeadersOf(HttpResponseMessage response) => string.Join('|', response.Headers
        .Where(static header => header.Key == "Vary" || header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
        .OrderBy(static header => header.Key, StringComparer.Ordinal)
        .Select(static header => $"{header.Key}: {string.Join(", ", header.Value)}"));
}
