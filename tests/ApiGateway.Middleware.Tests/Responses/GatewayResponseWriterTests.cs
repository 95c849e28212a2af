using System.Net.Http.Headers;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>Every type of answer over a real connection: built in, customized, inherited, and as problem details.</summary>
public sealed class GatewayResponseWriterTests
{
    private static readonly string[] NotCustomizable =
    [
        "request too large", "forbidden", "upgrade required", "draining", "connection gone", "message too large", "connection limited",
        "connection unreachable", "connection id", "connect failed",
    ];

    [Fact]
    public async Task Reject_NothingCustomized_AnswersAsTheService()
    {
        await using var server = await RefusingServer.StartAsync(static _ => { });

        foreach (var row in RefusalTable.Rows)
        {
            using var response = await server.SendAsync(row.Name);

            Assert.Equal((row.Name, row.Status), (row.Name, (int)response.StatusCode));
            Assert.Equal(row.Body, await response.Content.ReadAsStringAsync());
            Assert.Equal(row.Body.Length, response.Content.Headers.ContentLength);
            Assert.Equal(row.Body.Length == 0 ? null : "application/json", response.Content.Headers.ContentType?.ToString());
            Assert.Equal(row.ErrorType, response.Headers.GetValues("x-amzn-ErrorType").Single());
            Assert.Equal(row.Body.Length == 0 ? "x-amzn-ErrorType" : "Content-Type x-amzn-ErrorType", RefusingServer.HeadersOf(response));
        }
    }

    [Fact]
    public async Task Reject_ExactDefinition_HasTheIdsAndNoTraceId()
    {
        await using var server = await RefusingServer.StartAsync(static api => api.Profile = DefinitionProfile.Exact);

        foreach (var row in RefusalTable.Rows)
        {
            using var response = await server.SendAsync(row.Name);

            Assert.Equal(
                (row.Body.Length == 0 ? "" : "Content-Type ") + "x-amz-apigw-id x-amzn-ErrorType x-amzn-RequestId", RefusingServer.HeadersOf(response));
        }
    }

    [Fact]
    public async Task Reject_EveryTypeCustomized_TakesItsOwn()
    {
        await using var server = await RefusingServer.StartAsync(static api =>
        {
            foreach (var type in Enum.GetValues<GatewayResponseType>().Where(static type => type != GatewayResponseType.RequestTooLarge))
            {
                Customize(api, type, 220 + (int)type, "$context.error.responseType", ("X-Type", $"'{type}'"));
            }
        });

        foreach (var row in RefusalTable.Rows)
        {
            using var response = await server.SendAsync(row.Name);

            var isCustomizable = !NotCustomizable.Contains(row.Name);
            Assert.Equal((row.Name, isCustomizable ? 220 + (int)row.Type : row.Status), (row.Name, (int)response.StatusCode));
            Assert.Equal(isCustomizable ? row.Type.ToName() : row.Body, await response.Content.ReadAsStringAsync());
            Assert.Equal(isCustomizable, response.Headers.TryGetValues("X-Type", out var type) && type.Single() == row.Type.ToString());
            Assert.Equal(row.ErrorType, response.Headers.GetValues("x-amzn-ErrorType").Single());
        }
    }

    [Fact]
    public async Task Reject_DefaultsWithoutStatus_KeepStatusAndPrintTheTemplate()
    {
        await using var server = await RefusingServer.StartAsync(static api =>
        {
            Customize(api, GatewayResponseType.Default4xx, null, null, ("X-Class", "'4'"));
            Customize(api, GatewayResponseType.Default5xx, null, null, ("X-Class", "'5'"));
        });

        foreach (var row in RefusalTable.Rows)
        {
            using var response = await server.SendAsync(row.Name);

            Assert.Equal((row.Name, row.Status), (row.Name, (int)response.StatusCode));
            if (NotCustomizable.Contains(row.Name))
            {
                Assert.Equal(row.Body, await response.Content.ReadAsStringAsync());
                Assert.False(response.Headers.Contains("X-Class"));
                continue;
            }

            // The default template, not the default body: small letter, no space.
            Assert.Equal(row.Body.Replace("\": ", "\":", StringComparison.Ordinal).Replace("Message\":", "message\":", StringComparison.Ordinal), await response.Content.ReadAsStringAsync());
            Assert.Equal(row.Status < 500 ? "4" : "5", response.Headers.GetValues("X-Class").Single());
        }
    }

    [Fact]
    public async Task Reject_Default5xxIs599_IndividuallyCustomizedKeepsItsOwnStatus()
    {
        await using var server = await RefusingServer.StartAsync(static api =>
        {
            Customize(api, GatewayResponseType.Default5xx, 599, null, ("X-Default", "'1'"));
            Customize(api, GatewayResponseType.IntegrationTimeout, null, null, ("X-Own", "'1'"));
        });

        using var inherited = await server.SendAsync("configuration");
        using var own = await server.SendAsync("timeout");
        using var clientError = await server.SendAsync("throttled");

        Assert.Equal(599, (int)inherited.StatusCode);
        Assert.Equal("Content-Type X-Default x-amzn-ErrorType", RefusingServer.HeadersOf(inherited));
        Assert.Equal("{\"message\":\"Internal server error\"}", await inherited.Content.ReadAsStringAsync());
        Assert.Equal(504, (int)own.StatusCode);
        Assert.Equal("Content-Type X-Own x-amzn-ErrorType", RefusingServer.HeadersOf(own));
        Assert.Equal("{\"message\":\"Endpoint request timed out\"}", await own.Content.ReadAsStringAsync());
        Assert.Equal(429, (int)clientError.StatusCode);
        Assert.Equal("Content-Type x-amzn-ErrorType", RefusingServer.HeadersOf(clientError));
    }

    [Theory]
    [InlineData(null, 504)]
    [InlineData(502, 502)]
    public async Task Reject_IntegrationFailureCustomized_StatusIsThatOfTheTable(int? status, int expected)
    {
        await using var server = await RefusingServer.StartAsync(api => Customize(api, GatewayResponseType.IntegrationFailure, status, null));

        using var response = await server.SendAsync("network");

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("$context.error.message|$context.error.messageString|$context.error.responseType|$context.error.validationErrorString", "parameters",
        "Missing required request parameters: [a, b]|\"Missing required request parameters: [a, b]\"|BAD_REQUEST_PARAMETERS|[a, b]")]
    [InlineData("$context.error.validationErrorString", "body with reason", "[x]")]
    [InlineData("[$context.error.message][$context.error.messageString][$context.error.validationErrorString]", "authorizer failure", "[][null][]")]
    [InlineData("$stageVariables.version|$stageVariables.none|$context.stage|$context.resourcePath|$context.none", "throttled", "7||dev|/orders/{id}|")]
    [InlineData("$method.request.path.id|$method.request.querystring.q|$method.request.header.X-Mine|$method.request.header.None", "throttled", "42|a b|mine|")]
    [InlineData("#set($a = 1)#if($a)$context.stage#end", "throttled", "#set($a = 1)#if($a)dev#end")]
    [InlineData("", "throttled", "")]
    public async Task Reject_Template_ReplacesVariablesAlone(string template, string refusal, string expected)
    {
        await using var server = await RefusingServer.StartAsync(api =>
        {
            Customize(api, GatewayResponseType.Default4xx, null, template);
            Customize(api, GatewayResponseType.Default5xx, null, template);
        });

        using var response = await server.SendAsync(refusal, headers: [("X-Mine", "mine")]);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(expected.Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("application/xml", "application/xml")]
    [InlineData("APPLICATION/XML;q=0.5", "application/xml")]
    [InlineData(" text/plain ; charset=utf-8", "text/plain")]
    [InlineData("application/json", "application/json")]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("image/png", "application/json")]
    [InlineData("text/html,application/xml;q=0.9,*/*;q=0.8", "application/json")]
    [InlineData(";", "application/json")]
    public async Task Reject_SeveralTemplates_AcceptChooses(string? accept, string expected)
    {
        await using var server = await RefusingServer.StartAsync(static api => AddTemplates(api, "text/plain", "application/xml", "application/json"));

        using var response = await server.SendAsync("throttled", headers: accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(expected, response.Content.Headers.ContentType?.ToString());
        Assert.Equal("in " + expected, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/plain", "text/plain")]
    [InlineData("application/json", "application/xml")]
    public async Task Reject_NoTemplateForJson_TheFirstIsTaken(string accept, string expected)
    {
        await using var server = await RefusingServer.StartAsync(static api => AddTemplates(api, "application/xml", "text/plain"));

        using var response = await server.SendAsync("throttled", headers: ("Accept", accept));

        Assert.Equal("in " + expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Reject_SeveralAcceptLines_TheLastCounts()
    {
        await using var server = await RefusingServer.StartAsync(static api => AddTemplates(api, "text/plain", "application/xml", "application/json"));

        // HttpClient writes lines of one header as one, so the bytes are written here.
        var answer = await RawRequest.SendAsync(
            server.Client.BaseAddress!, "GET /dev/orders/1 HTTP/1.1\r\nHost: x\r\nX-Refuse: throttled\r\nAccept: text/plain\r\nAccept: application/xml\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("\r\n\r\nin application/xml", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_Parameters_SetHeadersThatHaveAValue()
    {
        await using var server = await RefusingServer.StartAsync(static api => Customize(
            api, GatewayResponseType.Throttled, null, null,
            ("X-Static", "'a text'"), ("X-Header", "method.request.header.X-Mine"), ("X-Query", "method.request.querystring.q"),
            ("X-Path", "method.request.path.id"), ("X-Context", "context.resourcePath"), ("X-Variable", "stageVariables.version"),
            ("X-Error", "context.error.responseType"), ("X-No-Header", "method.request.header.None"), ("X-No-Query", "method.request.querystring.none"),
            ("X-No-Path", "method.request.path.none"), ("X-No-Context", "context.none"), ("X-No-Variable", "stageVariables.none"), ("X-Empty", "''")));

        using var response = await server.SendAsync("throttled", headers: ("X-Mine", "mine"));

        Assert.Equal("Content-Type X-Context X-Error X-Header X-Path X-Query X-Static X-Variable x-amzn-ErrorType", RefusingServer.HeadersOf(response));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("X-Static", "a text"), ("X-Header", "mine"), ("X-Query", "a b"), ("X-Path", "42"), ("X-Context", "/orders/{id}"), ("X-Variable", "7"), ("X-Error", "THROTTLED")])
        {
            Assert.Equal(value, response.Headers.GetValues(name).Single());
        }
    }

    [Fact]
    public async Task Reject_ParametersOfTheAnswerItself_Win()
    {
        await using var server = await RefusingServer.StartAsync(static api => Customize(
            api, GatewayResponseType.Throttled, null, "<a/>", ("content-type", "'application/xml'"), ("X-Amzn-Errortype", "'Mine'")));

        using var response = await server.SendAsync("throttled");

        Assert.Equal("application/xml", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("Mine", response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("<a/>", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("a%0D%0ASet-Cookie:%20x=1", "a%0D%0ASet-Cookie: x=1")]
    [InlineData("a%0ASet-Cookie:%20x=1", "a%0ASet-Cookie: x=1")]
    [InlineData("%00%07%7F", "%00%07%7F")]
    [InlineData("%C3%A9%E2%82%AC%F0%9F%98%80", "%C3%A9%E2%82%AC%F0%9F%98%80")]
    [InlineData("%FF", "%EF%BF%BD")]
    public async Task Reject_ParameterOfHostileData_CannotBecomeAnotherHeader(string query, string expected)
    {
        await using var server = await RefusingServer.StartAsync(static api => Customize(
            api, GatewayResponseType.Throttled, null, null, ("X-Query", "method.request.querystring.q"), ("X-Static", "'a\r\nSet-Cookie: y=1'")));

        using var response = await server.SendAsync("throttled", target: $"/dev/orders/42?q={query}");

        Assert.Equal("Content-Type X-Query X-Static x-amzn-ErrorType", RefusingServer.HeadersOf(response));
        Assert.Equal(expected, response.Headers.GetValues("X-Query").Single());
        Assert.Equal("a%0D%0ASet-Cookie: y=1", response.Headers.GetValues("X-Static").Single());
    }

    [Fact]
    public async Task Reject_Head_HasTheHeadersAndNoBody()
    {
        await using var plain = await RefusingServer.StartAsync(static _ => { });
        await using var customized = await RefusingServer.StartAsync(static api => Customize(api, GatewayResponseType.Default4xx, null, "twelve bytes"));
        await using var problem = await RefusingServer.StartAsync(static api => api.ErrorFormat = ErrorFormat.ProblemDetails);

        foreach (var server in (RefusingServer[])[plain, customized, problem])
        {
            using var get = await server.SendAsync("throttled");
            using var head = await server.SendAsync("throttled", HttpMethod.Head);

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal("", await head.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task Reject_StatusWithoutBody_SendsNone(int status)
    {
        await using var server = await RefusingServer.StartAsync(api => Customize(api, GatewayResponseType.Throttled, status, "text", ("X-A", "'a'")));

        using var response = await server.SendAsync("throttled");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("X-A x-amzn-ErrorType", RefusingServer.HeadersOf(response));
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Reject_ProblemDetails_HasTheMembersOfTheStandard()
    {
        await using var server = await RefusingServer.StartAsync(static api =>
        {
            api.ErrorFormat = ErrorFormat.ProblemDetails;
            api.ResponseIds = true;
        });

        foreach (var row in RefusalTable.Rows)
        {
            using var response = await server.SendAsync(row.Name);
            var body = await response.Content.ReadAsStringAsync();

            Assert.Equal((row.Name, row.Status), (row.Name, (int)response.StatusCode));
            Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
            Assert.Equal(body.Length, response.Content.Headers.ContentLength);
            var problem = JsonDocument.Parse(body).RootElement;
            Assert.Equal("about:blank", problem.GetProperty("type").GetString());
            Assert.Equal(response.ReasonPhrase, problem.GetProperty("title").GetString());
            Assert.Equal(row.Status, problem.GetProperty("status").GetInt32());
            Assert.Equal(row.Refusal.Message, problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
            Assert.Equal(row.ErrorType, problem.GetProperty("errorType").GetString());
            Assert.Equal(response.Headers.GetValues("x-amzn-RequestId").Single(), problem.GetProperty("requestId").GetString());
        }
    }

    [Fact]
    public async Task Reject_ProblemDetailsAndCustomizedType_TheDefinitionWins()
    {
        await using var server = await RefusingServer.StartAsync(static api =>
        {
            api.ErrorFormat = ErrorFormat.ProblemDetails;
            Customize(api, GatewayResponseType.Throttled, null, null);
        });

        using var response = await server.SendAsync("throttled");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("{\"message\":\"Too Many Requests\"}", await response.Content.ReadAsStringAsync());
    }

    private static void AddTemplates(RestApiDefinition api, params string[] types)
    {
        Customize(api, GatewayResponseType.Throttled, null, null);
        foreach (var type in types)
        {
            api.GatewayResponses[GatewayResponseType.Throttled].ResponseTemplates[type] = "in " + type;
        }
    }

    private static void Customize(
        RestApiDefinition api, GatewayResponseType type, int? status, string? template, params (string Name, string Value)[] headers)
    {
        var response = new GatewayResponseDefinition(type) { StatusCode = status };
        foreach (var (name, value) in headers)
        {
            response.ResponseParameters["gatewayresponse.header." + name] = value;
        }

        if (template is not null)
        {
            response.ResponseTemplates["application/json"] = template;
        }

        api.GatewayResponses[type] = response;
    }
}
