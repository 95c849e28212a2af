using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>HTTP: nothing of the client's passes but what is mapped, and nothing of the backend's either.</summary>
public sealed class HttpTransformationTests
{
    private static readonly string[] ClientHeaders =
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Age", "Authorization", "Date", "Pragma", "Range", "Referer", "Warn", "User-Agent",
        "Content-Encoding", "Via", "Content-MD5", "Max-Forwards", "Server", "Trailer", "Upgrade", "WWW-Authenticate", "TE",
        "Proxy-Authenticate", "X-Custom",
    ];

    [Fact]
    public async Task Request_NothingMapped_HasDefaultsAlone()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", static method => method.Respond());

        using var response = await host.PostAsync("/dev/x/1?a=1", "{}", "text/x", ("X-Custom", "c"), ("Accept", "text/plain"), ("User-Agent", "me"));

        var received = await backend.NextAsync();
        Assert.Equal(("POST", "/y", "{}"), (received.Method, received.Target, received.Text));
        Assert.Equal("application/json", received["Accept"]);
        Assert.Equal("AmazonAPIGateway_api", received["User-Agent"]);
        Assert.Equal("api", received["X-Amzn-Apigateway-Api-Id"]);
        Assert.Equal("text/x", received["Content-Type"]);
        Assert.Null(received["X-Custom"]);
        Assert.Matches("^Root=1-", received["X-Amzn-Trace-Id"]);
        Assert.Equal(received["X-Amzn-Trace-Id"], response.Headers.GetValues("X-Amzn-Trace-Id").Single());
    }

    [Theory]
    [InlineData(IntegrationKind.Http)]
    [InlineData(IntegrationKind.HttpProxy)]
    public async Task Request_EveryHeaderMapped_PassesUnlessItBelongsToTheConnection(IntegrationKind kind)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(kind, backend.Url + "/y", static method =>
        {
            foreach (var name in ClientHeaders)
            {
                method.Integration!.Map("header." + name, $"'{name} mapped'");
            }

            method.Integration!.Map("header.Host", "'mapped.example.com'").Map("header.Connection", "'close'").Map("header.Expect", "'x'");
            method.Respond();
        });

        using var response = await host.PostAsync("/dev/x/1", "{}");

        var received = await backend.NextAsync();
        foreach (var name in ClientHeaders)
        {
            Assert.Equal((name, name is "Via" or "TE" or "Proxy-Authenticate" ? null : $"{name} mapped"), (name, received[name]));
        }

        Assert.Equal("mapped.example.com", received["Host"]);
        Assert.Null(received["Expect"]);
        Assert.Null(received["Connection"]);
        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("X-Amzn-Trace-Id")]
    [InlineData("x-amzn-apigateway-api-id")]
    public async Task Request_IllegalHeaderMapped_500IfItResolves(string name)
    {
        await using var backend = await TestBackend.StartAsync();
        foreach (var kind in (IntegrationKind[])[IntegrationKind.Http, IntegrationKind.HttpProxy])
        {
            await using var host = await MappedApi.ExactAsync(kind, backend.Url, method =>
            {
                method.Integration!.Map("header." + name, "method.request.querystring.v");
                method.Respond();
            });

            using var refused = await host.GetAsync("/dev/x/1?v=5");
            using var unresolved = await host.GetAsync("/dev/x/1");

            await Refusal.AssertServerErrorAsync(refused);
            Assert.Equal(200, (int)unresolved.StatusCode);
        }
    }

    [Theory]
    [InlineData("method.request.path.id", "a%2Fb")]
    [InlineData("method.request.querystring.q", "2 ä")]
    [InlineData("method.request.multivaluequerystring.q", "1, 2 ä")]
    [InlineData("method.request.querystring.none", null)]
    [InlineData("method.request.querystring.empty", null)]
    [InlineData("method.request.header.X-One", "one")]
    [InlineData("method.request.header.x-one", null)]
    [InlineData("method.request.header.none", null)]
    [InlineData("method.request.body.a.b", "text")]
    [InlineData("method.request.body.n", "1.50")]
    [InlineData("method.request.body.o", """{"x":[1,true]}""")]
    [InlineData("method.request.body.l[0]", "one")]
    [InlineData("method.request.body.nothing", null)]
    [InlineData("method.request.body.null", null)]
    [InlineData("stageVariables.name", "value")]
    [InlineData("stageVariables.none", null)]
    [InlineData("stageVariables.empty", null)]
    [InlineData("context.stage", "dev")]
    [InlineData("context.identity.sourceIp", "127.0.0.1")]
    [InlineData("context.none", null)]
    [InlineData("'static text'", "static text")]
    [InlineData("''", null)]
    public async Task Request_Expression_GivesTheHeader(string expression, string? expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", method =>
        {
            method.Integration!.Map("header.X-Mapped", expression);
            method.Respond();
        });

        using var response = await host.PostAsync(
            "/dev/x/a%2Fb?q=1&q=2%20%C3%A4&empty=",
            """{"a": {"b": "text"}, "n": 1.50, "o": {"x": [1, true]}, "l": ["one"], "null": null}""",
            "application/json",
            ("X-One", "one"));

        Assert.Equal(expected, (await backend.NextAsync())["X-Mapped"]);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("method.request.header.X-Many", "second")]
    [InlineData("method.request.multivalueheader.X-Many", "first,second")]
    public async Task Request_RepeatedHeader_GivesItsLastLineOrAll(string expression, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", method =>
        {
            method.Integration!.Map("header.X-Mapped", expression);
            method.Respond();
        });
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/x/1 HTTP/1.1", "X-Many: first", "X-Many: second");

        Assert.Equal(expected, (await backend.NextAsync())["X-Mapped"]);
    }

    [Theory]
    [InlineData("method.request.body", null, "{}")]
    [InlineData("method.request.body", "plain text", "plain text")]
    [InlineData("method.request.body", "{\"a\":\n1}", "{\"a\": 1}")]
    [InlineData("method.request.body.a", null, null)]
    [InlineData("method.request.body.a", "plain text", null)]
    public async Task Request_BodyExpression_GivesTheHeader(string expression, string? body, string? expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", method =>
        {
            method.Integration!.Map("header.X-Mapped", expression);
            method.Respond();
        });

        using var response = await host.PostAsync("/dev/x/1", body);

        Assert.Equal(expected, (await backend.NextAsync())["X-Mapped"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData(" [1")]
    [InlineData("\"text")]
    [InlineData("'text'")]
    public async Task Request_BodyThatOnlyBeginsAsJson_400(string body)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", static method =>
        {
            method.Integration!.Map("header.X-Mapped", "method.request.body.a");
            method.Respond();
        });

        using var response = await host.PostAsync("/dev/x/1", body);

        await Refusal.AssertAsync(
            response, System.Net.HttpStatusCode.BadRequest, "BadRequestException", """{"message": "Invalid JSON in request body"}""");
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData("/{id}", "path.id", "method.request.path.id", "/dev/x/a%2Fb%20c", "/a%2Fb%20c")]
    [InlineData("/{id}", "path.id", "method.request.querystring.q", "/dev/x/1?q=a%2Fb%3Fc%26d%25", "/a%2Fb%3Fc%26d%25")]
    [InlineData("/{id}", "path.id", "stageVariables.text", "/dev/x/1", "/a/b%3Fc")]
    [InlineData("/{id}", "path.id", "'a/b%20c'", "/dev/x/1", "/a/b%20c")]
    [InlineData("/{id}", "path.other", "'a'", "/dev/x/1", "/{id}")]
    [InlineData("/{id}", "path.id", "method.request.querystring.none", "/dev/x/1", "/{id}")]
    [InlineData("/y?a=1", "querystring.b", "method.request.querystring.q", "/dev/x/1?q=a%26b=c+d", "/y?a=1&b=a%26b%3Dc%20d")]
    [InlineData("/y", "querystring.b", "method.request.multivaluequerystring.q", "/dev/x/1?q=1&q=2", "/y?b=1&b=2")]
    [InlineData("/y", "querystring.b", "'a%20b&c d'", "/dev/x/1", "/y?b=a%20b&c%20d")]
    [InlineData("/y", "querystring.b", "method.request.path.id", "/dev/x/a%20b&c", "/y?b=a%20b%26c")]
    [InlineData("/y", "querystring.b c", "'1'", "/dev/x/1", "/y?b%20c=1")]
    [InlineData("/y", "querystring.b", "method.request.header.none", "/dev/x/1", "/y")]
    public async Task Request_PathAndQuery_AreEncodedAsValues(string uri, string target, string expression, string request, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, uri, method =>
        {
            method.Integration!.Map(target, expression);
            method.Respond();
        });

        using var response = await host.GetAsync(request);

        Assert.Equal(expected, (await backend.NextAsync()).Target);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../../secret")]
    [InlineData("%252e%252e")]
    [InlineData("a\\b")]
    public async Task Request_ValueThatLeadsElsewhere_400(string value)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/a/{id}/b", static method =>
        {
            method.Integration!.Template("#set($context.requestOverride.path.id = $util.urlDecode($input.params('q')))");
            method.Respond();
        });

        using var response = await host.GetAsync("/dev/x/1?q=" + Uri.EscapeDataString(value));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task Request_Template_MakesTheBody()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", static method =>
        {
            method.Integration!.Template("""  {"id": $input.json('$.a.id'), "who": "$input.params().header.get('X-Who')"}  """);
            method.Respond();
        });

        using var response = await host.PostAsync("/dev/x/1", """{"a": {"id": "7"}}""", null, ("X-Who", "me"));

        var received = await backend.NextAsync();
        Assert.Equal("""{"id": "7", "who": "me"}""", received.Text);
        Assert.Equal("application/json", received["Content-Type"]);
        Assert.Equal(received.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), received["Content-Length"]);
    }

    [Fact]
    public async Task Request_Overrides_WinOverMappings()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/{id}", static method =>
        {
            method.Integration!.Map("header.X-One", "'mapped'").Map("querystring.q", "'mapped'").Map("path.id", "'mapped'").Map("header.X-Two", "'mapped'");
            method.Integration!.Template(
                """
                #set($context.requestOverride.header.X-One = "over")
                #set($context.requestOverride.header.X-List = ["a", "b"])
                #set($context.requestOverride.querystring.q = "o v")
                #set($context.requestOverride.path.id = "over")
                body
                """);
            method.Respond();
        });

        using var response = await host.PostAsync("/dev/x/1", "{}");

        var received = await backend.NextAsync();
        Assert.Equal("/over?q=o%20v", received.Target);
        Assert.Equal("over", received["X-One"]);
        Assert.Equal("mapped", received["X-Two"]);
        Assert.Equal("a, b", received["X-List"]);
        Assert.Equal("body", received.Text);
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(404, 400)]
    [InlineData(503, 503)]
    public async Task Response_Status_SelectsThatOfTheMethod(int status, int expected)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("backend");
        });
        await using var host = await StartAsync(backend, "/y", static method =>
        {
            method.Respond("200");
            method.Respond("400", "4\\d{2}");
            method.Respond("503", "50[0-9]");
        });

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("integration.response.header.X-Many", "second")]
    [InlineData("integration.response.header.x-many", null)]
    [InlineData("integration.response.header.Location", "/there")]
    [InlineData("integration.response.multivalueheader.X-Many", "first,second")]
    [InlineData("integration.response.header.none", null)]
    [InlineData("integration.response.body", """{"a":{"b":"t"},"n":[1]}""")]
    [InlineData("integration.response.body.a.b", "t")]
    [InlineData("integration.response.body.n", "[1]")]
    [InlineData("integration.response.body.none", null)]
    [InlineData("stageVariables.name", "value")]
    [InlineData("context.httpMethod", "GET")]
    [InlineData("'static'", "static")]
    [InlineData("''", null)]
    public async Task Response_Expression_GivesTheHeader(string expression, string? expected)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers["X-Many"] = new(["first", "second"]);
            http.Response.Headers["X-Secret"] = "s";
            http.Response.Headers.Location = "/there";
            http.Response.ContentType = "application/hal+json";
            return http.Response.WriteAsync("""{"a":{"b":"t"},"n":[1]}""");
        });
        await using var host = await StartAsync(backend, "/y", method => method.Respond().Header("X-Mapped", expression));

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal(expected, response.Headers.TryGetValues("X-Mapped", out var values) ? values.Single() : null);
        Assert.False(response.Headers.Contains("X-Secret") || response.Headers.Contains("X-Many") || response.Headers.Contains("Location"));
        Assert.Equal("application/hal+json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Response_HeaderFromABodyThatIsNoJson_500()
    {
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("{broken"));
        await using var host = await StartAsync(backend, "/y", static method => method.Respond().Header("X-Mapped", "integration.response.body.a"));

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Response_HeadersThatTheServiceRenames_AreRenamed()
    {
        string[] renamed =
        [
            "Connection", "Content-Length", "Date", "Server", "Authorization", "Content-MD5", "Expect", "Host", "Max-Forwards",
            "Proxy-Authenticate", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate",
        ];
        string[] passed = ["Accept", "Accept-Charset", "Accept-Encoding", "Age", "Pragma", "Range", "Referer", "TE", "Warn", "Content-Encoding", "Via"];
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", method =>
        {
            var response = method.Respond().Header("Transfer-Encoding", "'x'").Header("x-amzn-RequestId", "'theirs'").Header("Content-Type", "'text/x'");
            foreach (var name in renamed.Concat(passed))
            {
                response.Header(name, $"'{name}'");
            }
        });

        using var response = await host.GetAsync("/dev/x/1");

        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(static item => item.Key, static item => item.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Assert.All(renamed, name => Assert.Equal(name, headers["x-amzn-Remapped-" + name]));
        Assert.All(passed, name => Assert.Equal(name, headers[name]));
        Assert.Equal("7", headers["Content-Length"]);
        Assert.Equal("text/x", headers["Content-Type"]);
        Assert.False(headers.ContainsKey("Transfer-Encoding"));
        Assert.NotEqual("theirs", headers["x-amzn-RequestId"]);
    }

    [Fact]
    public async Task Response_Template_SeesTheBackendsBody()
    {
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("""{"items": [{"n": "a"}, {"n": "b"}]}"""));
        await using var host = await StartAsync(backend, "/y", static method => method.Respond(
            template: "#foreach($i in $input.path('$.items'))$i.n#if($foreach.hasNext),#end#end of $input.params('id')"));

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal("a,b of 1", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Response_TooLarge_500()
    {
        await using var backend = await TestBackend.StartAsync(static http => http.Response.Body.WriteAsync(new byte[(10 << 20) + 1]).AsTask());
        await using var host = await StartAsync(backend, "/y", static method => method.Respond(template: "x"));

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Response_StatusWithoutBody_HasNone(int status)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(
            backend, "/y", method => method.Respond(status.ToString(System.Globalization.CultureInfo.InvariantCulture), template: "body"));

        using var response = await host.GetAsync("/dev/x/1");
        using var head = await host.SendAsync(HttpMethod.Head, "/dev/x/1");

        Assert.Equal((status, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal((status, ""), ((int)head.StatusCode, await head.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task EmbeddedDefinition_TemplateAlone_PassesStatusAndBodyOn()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 418;
            http.Response.ContentType = "text/x";
            return http.Response.WriteAsync("tea");
        });
        await using var host = await MappedApi.EmbeddedAsync(
            IntegrationKind.Http, backend.Url + "/{id}", static method => method.Integration!.Template("[$input.body]"));

        using var response = await host.PostAsync("/dev/x/7", "{}");

        var received = await backend.NextAsync();
        Assert.Equal(("/7", "[{}]"), (received.Target, received.Text));
        Assert.Equal((418, "tea"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("text/x", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task ExactDefinition_WithoutResponses_500()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend, "/y", static _ => { });

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task ManyRequestsAtOnce_EachGetsItsOwnAnswer()
    {
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync($$"""{"target": "{{http.Request.Path}}{{http.Request.QueryString}}"}"""));
        await using var host = await StartAsync(backend, "/{id}", static method =>
        {
            method.Integration!.Map("path.id", "method.request.path.id").Map("header.X-Id", "method.request.path.id");
            method.Integration!.Template(
                "#set($context.requestOverride.querystring.q = $input.params('id'))"
                + "#if($input.params('odd') == 'true')#set($context.responseOverride.status = 299)#set($context.responseOverride.header.X-Odd = $input.params('id'))#end$input.body");
            method.Respond(template: "$input.path('$.target') $input.params('id')").Header("X-Id", "context.path");
        });

        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var odd = i % 2 == 1;
            using var response = await host.PostAsync($"/dev/x/{i}?odd={(odd ? "true" : "false")}", new string('b', i));

            Assert.Equal($"/{i}?q={i} {i}", await response.Content.ReadAsStringAsync());
            Assert.Equal(odd ? 299 : 200, (int)response.StatusCode);
            Assert.Equal(odd ? $"{i}" : null, response.Headers.TryGetValues("X-Odd", out var values) ? values.Single() : null);
            Assert.Equal($"/dev/x/{i}", response.Headers.GetValues("X-Id").Single());
        });
    }

    private static Task<TestHost> StartAsync(TestBackend backend, string path, Action<MethodDefinition> configure) =>
        MappedApi.ExactAsync(IntegrationKind.Http, backend.Url + path, configure);
}
