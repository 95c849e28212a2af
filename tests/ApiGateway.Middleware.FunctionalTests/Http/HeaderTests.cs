using System.IO.Compression;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Http;

/// <summary>Which headers pass between client and backend, under both profiles.</summary>
public sealed class HeaderTests
{
    private static readonly string[] ClientHeaders =
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Age", "Authorization", "Date", "Pragma", "Range", "Referer", "Warn",
        "User-Agent", "Content-Encoding", "Content-MD5", "Max-Forwards", "Server", "Via", "WWW-Authenticate", "X-Custom", "Cookie",
        "X-Amzn-Trace-Id", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "HTTP2-Settings", "X-Named",
    ];

    private static readonly string[] BackendHeaders =
    [
        "Authorization", "Content-MD5", "Expect", "Max-Forwards", "User-Agent", "WWW-Authenticate", "Accept", "Age", "Pragma", "Range",
        "Referer", "Warn", "X-Custom", "Content-Encoding", "Via", "Date", "Server", "x-amzn-RequestId", "Keep-Alive", "Proxy-Connection",
        "HTTP2-Settings", "X-Named",
    ];

    [Theory]
    [InlineData(
        HeaderProfile.Plain,
        "Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection TE Trailer HTTP2-Settings X-Named")]
    [InlineData(
        HeaderProfile.Aws,
        "Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection TE Trailer HTTP2-Settings X-Named "
        + "Content-Encoding Content-MD5 Max-Forwards Server Via WWW-Authenticate")]
    public async Task Request_EveryHeader_PassesUnlessItBelongsToTheConnection(HeaderProfile profile, string dropped)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, profile);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync(
            "POST /dev/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: X-Other, X-Named\r\nExpect: 100-continue\r\n"
            + string.Concat(ClientHeaders.Select(static name => $"{name}: {ValueOf(name)}\r\n")) + "\r\n{}");

        var received = await backend.NextAsync();
        Assert.Equal("{}", received.Text);
        var missing = dropped.Split(' ').ToHashSet();
        foreach (var name in ClientHeaders)
        {
            Assert.Equal((name, missing.Contains(name) ? null : ValueOf(name)), (name, received[name]));
        }

        Assert.Null(received["Expect"]);
        Assert.Null(received["Transfer-Encoding"]);
        Assert.Null(received["Upgrade"]);
        Assert.Equal("2", received["Content-Length"]);
        Assert.Equal(new Uri(backend.Url).Authority, received["Host"]);
    }

    [Theory]
    [InlineData(HeaderProfile.Plain, "Keep-Alive Proxy-Connection HTTP2-Settings X-Named", "")]
    [InlineData(
        HeaderProfile.Aws, "Keep-Alive Proxy-Connection HTTP2-Settings X-Named Content-Encoding Via", "Date Server x-amzn-RequestId")]
    public async Task Response_EveryHeader_PassesUnlessItBelongsToTheConnectionOrIsRemapped(
        HeaderProfile profile, string dropped, string remapped)
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close, X-Named\r\n"
            + string.Concat(BackendHeaders.Select(static name => $"{name}: {ValueOf(name)}\r\n")) + "\r\n{}");
        foreach (var isStreaming in (bool[])[true, false])
        {
            await using var host = await StartAsync(backend.Url, profile, isStreaming: isStreaming);

            using var response = await host.GetAsync("/dev/x");

            Assert.Equal("{}", await response.Content.ReadAsStringAsync());
            var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .ToDictionary(static item => item.Key, static item => item.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var missing = $"{dropped} {remapped}".Split(' ').ToHashSet();
            if (isStreaming)
            {
                // A body that flows through stays coded.
                missing.Remove("Content-Encoding");
            }

            foreach (var name in BackendHeaders)
            {
                // The server writes a Date of its own where the backend's was renamed.
                var found = headers.GetValueOrDefault(name);
                Assert.Equal((name, missing.Contains(name) ? null : ValueOf(name)), (name, found == ValueOf(name) ? found : null));
            }

            foreach (var name in remapped.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Equal(ValueOf(name), headers.GetValueOrDefault("x-amzn-Remapped-" + name));
            }

            Assert.Equal(profile == HeaderProfile.Aws, headers.ContainsKey("x-amzn-Remapped-Connection"));
            Assert.Equal(profile == HeaderProfile.Aws ? "2" : null, headers.GetValueOrDefault("x-amzn-Remapped-Content-Length"));
            Assert.Equal("2", headers["Content-Length"]);
            Assert.DoesNotContain("close", headers.GetValueOrDefault("Connection", ""), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(HeaderProfile.Aws, false, null)]
    [InlineData(HeaderProfile.Aws, true, "gzip")]
    [InlineData(HeaderProfile.Plain, false, "gzip")]
    public async Task Response_CodedByTheBackend_CanBeReadByTheClient(HeaderProfile profile, bool isStreaming, string? coding)
    {
        var coded = new MemoryStream();
        await using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("a body"u8);
        }

        await using var backend = await TestBackend.StartAsync(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(coded.ToArray());
        });
        await using var host = await StartAsync(backend.Url, profile, isStreaming: isStreaming);

        using var response = await host.GetAsync("/dev/x");
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(coding is null ? body : new GZipStream(body, CompressionMode.Decompress));

        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("a body", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Response_WithoutContentType_IsJsonUnderAwsOnly()
    {
        await using var backend = RawBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using var plain = await StartAsync(backend.Url, HeaderProfile.Plain);
        await using var aws = await StartAsync(backend.Url, HeaderProfile.Aws);

        using var untouched = await plain.GetAsync("/dev/x");
        using var defaulted = await aws.GetAsync("/dev/x");

        Assert.Null(untouched.Content.Headers.ContentType);
        Assert.Equal("application/json", defaulted.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Request_PlainProfile_AddsForwardedHeadersAndNothingOfAws()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Host", "shop.example.com:81"));

        var received = await backend.NextAsync();
        Assert.Equal("127.0.0.1", received["X-Forwarded-For"]);
        Assert.Equal("http", received["X-Forwarded-Proto"]);
        Assert.Equal("shop.example.com:81", received["X-Forwarded-Host"]);
        Assert.Null(received["X-Amzn-Trace-Id"]);
        Assert.Null(received["X-Amzn-Apigateway-Api-Id"]);
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
    }

    [Theory]
    [InlineData("9.9.9.9", "9.9.9.9, 127.0.0.1")]
    [InlineData("1.1.1.1, 9.9.9.9", "1.1.1.1, 9.9.9.9, 127.0.0.1")]
    [InlineData(null, "127.0.0.1")]
    public async Task Request_ForwardedFor_IsAppendedTo(string? sent, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", sent is null ? [] : [("X-Forwarded-For", sent)]);

        Assert.Equal(expected, (await backend.NextAsync())["X-Forwarded-For"]);
    }

    [Fact]
    public async Task Request_ForwardedForBeyondTheCap_IsReplaced()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain);

        using var response = await host.SendAsync(
            HttpMethod.Get, "/dev/x", ("X-Forwarded-For", string.Join(", ", Enumerable.Repeat("255.255.255.255", 200))));

        Assert.Equal("127.0.0.1", (await backend.NextAsync())["X-Forwarded-For"]);
    }

    [Theory]
    [InlineData(false, "http", "localhost", null)]
    [InlineData(true, "https", "public.example.com", "8443")]
    public async Task Request_ForwardedProtoHostAndPort_CountFromTrustedPeersOnly(bool isTrusted, string proto, string name, string? port)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = isTrusted ? """{ "TrustedProxies": [ "127.0.0.0/8" ] }""" : "{}",
            Gateway = gateway => AddApi(gateway, backend.Url, HeaderProfile.Plain),
        });

        using var response = await host.SendAsync(
            HttpMethod.Get,
            "/dev/x",
            ("Host", "localhost"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "public.example.com"),
            ("X-Forwarded-Port", "8443"),
            ("Forwarded", "for=9.9.9.9"));

        var received = await backend.NextAsync();
        Assert.Equal(proto, received["X-Forwarded-Proto"]);
        Assert.Equal(name, received["X-Forwarded-Host"]);
        Assert.Equal(port, received["X-Forwarded-Port"]);
        Assert.Equal(isTrusted ? "for=9.9.9.9" : null, received["Forwarded"]);
    }

    [Fact]
    public async Task Request_ForwardedHeadersOff_PassesWhatTheClientSent()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(
            backend.Url, HeaderProfile.Plain, static api => api.Definition.ForwardedHeaders = ForwardedHeadersMode.Off);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("X-Forwarded-For", "9.9.9.9"));

        var received = await backend.NextAsync();
        Assert.Equal("9.9.9.9", received["X-Forwarded-For"]);
        Assert.Null(received["X-Forwarded-Proto"]);
        Assert.Null(received["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task Request_AwsProfile_DropsForwardedHeadersOfTheClient()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Aws);

        using var response = await host.SendAsync(
            HttpMethod.Get, "/dev/x", ("X-Forwarded-For", "9.9.9.9"), ("X-Forwarded-Port", "1"), ("X-Forwarded-Proto", "https"));

        var received = await backend.NextAsync();
        Assert.Null(received["X-Forwarded-For"]);
        Assert.Null(received["X-Forwarded-Port"]);
        Assert.Null(received["X-Forwarded-Proto"]);
    }

    [Theory]
    [InlineData(null, "^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793", "^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=0$")]
    [InlineData(
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
        "^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1$")]
    [InlineData(
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a",
        "^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a$")]
    public async Task Request_TraceId_IsKeptAndCompleted(string? sent, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Aws);

        using var response = await host.SendAsync(
            HttpMethod.Get, "/dev/x", sent is null ? [("X-Amzn-Apigateway-Api-Id", "forged")] : [("X-Amzn-Trace-Id", sent)]);

        var received = await backend.NextAsync();
        Assert.Matches(expected, received["X-Amzn-Trace-Id"]);
        Assert.Equal("api", received["X-Amzn-Apigateway-Api-Id"]);
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
    }

    [Theory]
    [InlineData(HeaderProfile.Plain, "x-forwarded-for, x-forwarded-host, x-forwarded-proto", "X-Forwarded-For")]
    [InlineData(HeaderProfile.Aws, "x-amzn-trace-id, x-amzn-apigateway-api-id", "X-Amzn-Apigateway-Api-Id")]
    public async Task Request_ConnectionNamesTheGatewaysHeaders_TheyAreSetAllTheSame(HeaderProfile profile, string connection, string name)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, profile);
        await using var raw = await host.ConnectAsync();

        await raw.SendAsync($"GET /dev/x HTTP/1.1\r\nHost: localhost\r\nConnection: close, {connection}\r\n\r\n");
        await raw.ReadToEndAsync();

        Assert.NotNull((await backend.NextAsync())[name]);
    }

    [Fact]
    public async Task Request_SeveralValuesAndUtf8_PassAsReceived()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain);

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("X-Many", "1"), ("X-Many", "2"), ("X-Name", "Zoë"));

        var received = await backend.NextAsync();
        Assert.Equal("1, 2", received["X-Many"]);
        Assert.Equal("Zoë", received["X-Name"]);
    }

    [Fact]
    public async Task Response_ValuesThatAreNotLegal_ArePercentEncoded()
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Latin: caf\u00e9\r\nX-Utf8: caf\u00c3\u00a9\r\nX-Bell: a\u0007b\r\nX-Tab: a\tb\r\nLocation: /\u00e9\r\n\r\nok");
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
        Assert.Equal("caf%E9", response.Headers.GetValues("X-Latin").Single());
        Assert.Equal("caf%C3%A9", response.Headers.GetValues("X-Utf8").Single());
        Assert.Equal("a%07b", response.Headers.GetValues("X-Bell").Single());
        Assert.Equal("a\tb", response.Headers.GetValues("X-Tab").Single());
        Assert.Equal("/%E9", response.Headers.NonValidated["Location"].ToString());
    }

    [Theory]
    [InlineData(HeaderProfile.Plain)]
    [InlineData(HeaderProfile.Aws)]
    public async Task ResponseIds_On_BothHeadersHaveTheirForm(HeaderProfile profile)
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amzn-RequestId: theirs\r\nx-amz-apigw-id: theirs\r\n\r\nok");
        await using var host = await StartAsync(backend.Url, profile, static api => api.Definition.ResponseIds = true);

        foreach (var path in (string[])["/dev/x", "/dev/nothing"])
        {
            using var one = await host.GetAsync(path);
            using var two = await host.GetAsync(path);

            var id = one.Headers.GetValues("x-amzn-RequestId").Single();
            Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
            Assert.Matches("^[A-Za-z0-9_-]{15}=$", one.Headers.GetValues("x-amz-apigw-id").Single());
            Assert.NotEqual(id, two.Headers.GetValues("x-amzn-RequestId").Single());
        }
    }

    [Fact]
    public async Task ResponseIds_OnAndBackendBreaksOff_HeadersStay()
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nx-amzn-RequestId: theirs\r\nx-amz-apigw-id: theirs\r\n\r\n");
        await using var host = await StartAsync(backend.Url, HeaderProfile.Plain, static api => api.Definition.ResponseIds = true);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(36, response.Headers.GetValues("x-amzn-RequestId").Single().Length);
        Assert.Equal(16, response.Headers.GetValues("x-amz-apigw-id").Single().Length);
    }

    [Fact]
    public async Task ResponseIds_Default_IsOffInCodeAndOnForExactDefinitions()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var embedded = await StartAsync(backend.Url, HeaderProfile.Plain);
        await using var exact = await StartAsync(backend.Url, HeaderProfile.Plain, static api => api.Definition.Profile = DefinitionProfile.Exact);

        using var without = await embedded.GetAsync("/dev/x");
        using var with = await exact.GetAsync("/dev/x");

        Assert.False(without.Headers.Contains("x-amzn-RequestId"));
        Assert.False(without.Headers.Contains("x-amz-apigw-id"));
        Assert.True(with.Headers.Contains("x-amzn-RequestId"));
        Assert.True(with.Headers.Contains("x-amz-apigw-id"));
    }

    private static string ValueOf(string name) => name switch
    {
        "Date" => "Tue, 15 Nov 1994 08:12:31 GMT",
        "X-Amzn-Trace-Id" => "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        "Content-MD5" => "Q2hlY2sgSW50ZWdyaXR5IQ==",
        _ => "value-of-" + name.ToLowerInvariant(),
    };

    private static Task<TestHost> StartAsync(
        string url, HeaderProfile profile, Action<RestApiBuilder>? configure = null, bool isStreaming = true) =>
        TestHost.StartAsync(gateway => AddApi(gateway, url, profile, configure, isStreaming));

    private static void AddApi(
        IApiGatewayBuilder gateway, string url, HeaderProfile profile, Action<RestApiBuilder>? configure = null, bool isStreaming = true) =>
        gateway.AddRestApi("api", api =>
        {
            api.Definition.HeaderProfile = profile;
            api.Map("ANY /x", method => method.HttpProxy(url + "/x", integration =>
            {
                integration.Streaming = isStreaming;
                integration.IntegrationHttpMethod = "ANY";
            }));
            api.Stage("dev");
            configure?.Invoke(api);
        });
}
