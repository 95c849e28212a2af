using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>MOCK with templates and integration responses.</summary>
public sealed class MockTransformationTests
{
    [Fact]
    public async Task Templates_BothWays_RenderWithTheRequestsValues()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("""{"statusCode": #if($input.params('mode') == 'bad')400#{else}200#end}""");
            method.Respond("200", template: """{"id": "$input.params('id')", "stage": "$context.stage", "name": "$stageVariables.name", "body": $input.body}""");
            method.Respond("400", pattern: "4\\d{2}", template: """{"error": true}""");
        });

        using var good = await host.GetAsync("/dev/x/42");
        using var bad = await host.GetAsync("/dev/x/42?mode=bad");

        Assert.Equal("""{"id": "42", "stage": "dev", "name": "value", "body": {}}""", await good.Content.ReadAsStringAsync());
        Assert.Equal(200, (int)good.StatusCode);
        Assert.Equal("application/json", good.Content.Headers.ContentType?.ToString());
        Assert.False(good.Headers.Contains("X-Amzn-Trace-Id"));
        Assert.Equal("""{"error": true}""", await bad.Content.ReadAsStringAsync());
        Assert.Equal(400, (int)bad.StatusCode);
    }

    [Theory]
    [InlineData("{statusCode: 200}", 200)]
    [InlineData("""{"statusCode": 200, "message": {"a": [1, "}"]}}""", 200)]
    [InlineData("""{"message": "statusCode", statusCode: 404}""", 404)]
    [InlineData("#set($s = 404){\"statusCode\": $s}", 404)]
    [InlineData("""{"statusCode": "200"}""", 500)]
    [InlineData("""{"statusCode": 200.5}""", 500)]
    [InlineData("""{"status": 200}""", 500)]
    [InlineData("""{"statusCode": 200""", 500)]
    [InlineData("text", 500)]
    [InlineData("", 500)]
    public async Task Template_StatusCode_SelectsTheResponse(string template, int status)
    {
        await using var host = await StartAsync(method =>
        {
            method.Integration!.Template(template);
            method.Respond("200");
            method.Respond("404", "404");
        });

        using var response = await host.GetAsync("/dev/x/1");

        if (status == 500)
        {
            await Refusal.AssertServerErrorAsync(response);
            return;
        }

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("""{"statusCode": 201}""", 201)]
    [InlineData("", 500)]
    [InlineData("no json", 500)]
    public async Task NoTemplates_BodyThatPassesThrough_GivesTheStatus(string body, int status)
    {
        await using var host = await StartAsync(static method => method.Respond("201"));

        using var response = await host.PostAsync("/dev/x/1", body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain("statusCode", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExactDefinition_WithoutResponses_500()
    {
        await using var host = await StartAsync(static method => method.Integration!.Template("{\"statusCode\": 200}"));

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task StatusThatTheMethodDoesNotDeclare_500()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            method.Respond("200");
            method.MethodResponses.Clear();
        });

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task EmbeddedDefinition_WithoutResponses_GivesTheTemplatesStatus()
    {
        await using var host = await MappedApi.EmbeddedAsync(
            IntegrationKind.Mock, null, static method => method.Integration!.Template("{\"statusCode\": $input.params('id')}"));

        using var response = await host.GetAsync("/dev/x/418");
        using var interim = await host.GetAsync("/dev/x/101");

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        await Refusal.AssertServerErrorAsync(interim);
    }

    [Theory]
    [InlineData(PassthroughBehavior.WhenNoMatch, "application/json; charset=utf-8", 200)]
    [InlineData(PassthroughBehavior.WhenNoMatch, "text/plain", 201)]
    [InlineData(PassthroughBehavior.WhenNoTemplates, "APPLICATION/JSON", 200)]
    [InlineData(PassthroughBehavior.WhenNoTemplates, "text/plain", 415)]
    [InlineData(PassthroughBehavior.Never, "application/json", 200)]
    [InlineData(PassthroughBehavior.Never, "text/plain", 415)]
    [InlineData(PassthroughBehavior.Never, null, 200)]
    public async Task Passthrough_Template_TakesItsTypeAlone(PassthroughBehavior behavior, string? contentType, int status)
    {
        await using var host = await StartAsync(method =>
        {
            method.Integration!.PassthroughBehavior = behavior;
            method.Integration!.Template("{\"statusCode\": #if(true)200#end}");
            method.Respond("200");
            method.Respond("201", "201");
        });

        using var response = await host.PostAsync("/dev/x/1", """{"statusCode": 201}""", contentType);

        await AssertStatusAsync(response, status);
    }

    [Theory]
    [InlineData(PassthroughBehavior.WhenNoMatch, 201)]
    [InlineData(PassthroughBehavior.WhenNoTemplates, 201)]
    [InlineData(PassthroughBehavior.Never, 415)]
    public async Task Passthrough_NoTemplatesAtAll_OnlyNeverRefuses(PassthroughBehavior behavior, int status)
    {
        await using var host = await StartAsync(method =>
        {
            method.Integration!.PassthroughBehavior = behavior;
            method.Respond("201");
        });

        using var response = await host.PostAsync("/dev/x/1", """{"statusCode": 201}""");

        await AssertStatusAsync(response, status);
    }

    [Theory]
    [InlineData(PassthroughBehavior.WhenNoTemplates)]
    [InlineData(PassthroughBehavior.Never)]
    public async Task Passthrough_NoContentTypeAndOnlyXml_415EvenWithoutABody(PassthroughBehavior behavior)
    {
        await using var host = await StartAsync(method =>
        {
            method.Integration!.PassthroughBehavior = behavior;
            method.Integration!.Template("{\"statusCode\": 200}", "application/xml");
            method.Respond("200");
        });

        using var response = await host.GetAsync("/dev/x/1");

        await AssertStatusAsync(response, 415);
    }

    [Fact]
    public async Task DefaultKey_TakesEveryOtherType()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.PassthroughBehavior = PassthroughBehavior.Never;
            method.Integration!.Template("{\"statusCode\": 200}").Template("{\"statusCode\": 201}", "$default");
            method.Respond("200");
            method.Respond("201", "201");
        });

        using var json = await host.PostAsync("/dev/x/1", "{}");
        using var other = await host.PostAsync("/dev/x/1", "a", "text/plain");

        Assert.Equal((200, 201), ((int)json.StatusCode, (int)other.StatusCode));
    }

    [Theory]
    [InlineData(null, "json", "application/json")]
    [InlineData("text/xml", "xml", "text/xml")]
    [InlineData("TEXT/XML;q=0.5", "xml", "text/xml")]
    [InlineData("image/png", "json", "application/json")]
    public async Task ResponseTemplates_Accept_Chooses(string? accept, string body, string type)
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            var response = method.Respond("200");
            response.ResponseTemplates["text/xml"] = "xml";
            response.ResponseTemplates["application/json"] = "json";
        });

        using var answer = await host.SendAsync(HttpMethod.Get, "/dev/x/1", accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task ResponseTemplates_NoneMatches_FirstIsTaken()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            var response = method.Respond("200");
            response.ResponseTemplates["text/xml"] = "xml $context.httpMethod";
            response.ResponseTemplates["text/plain"] = "plain";
        });

        using var answer = await host.SendAsync(HttpMethod.Get, "/dev/x/1", ("Accept", "image/png"));

        Assert.Equal("xml GET", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SeveralPatterns_LowestStatusThatMatchesWholeTextWins()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": $input.params('id')}");
            method.Respond("500", ".+");
            method.Respond("400", "4..");
            method.Respond("401", "40");
            method.Respond("200");
        });

        var statuses = new List<int>();
        foreach (var id in (string[])["404", "40", "302"])
        {
            using var answer = await host.GetAsync("/dev/x/" + id);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([400, 401, 500], statuses);
    }

    [Fact]
    public async Task TemplateWithSyntaxError_ExactDefinition_WarnsAndFailsItsRouteAlone()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200 #if(}").Template("{\"statusCode\": 200}", "text/plain");
            method.Respond("200");
        });

        using var broken = await host.PostAsync("/dev/x/1", "{}");
        using var fine = await host.PostAsync("/dev/x/1", "{}", "text/plain");

        await Refusal.AssertServerErrorAsync(broken);
        Assert.Equal(200, (int)fine.StatusCode);
        Assert.Contains(host.Logs.Warnings, static entry => entry.Message.Contains("Line 1, column", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TemplateWithSyntaxError_EmbeddedDefinition_StopsTheStart()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(() => MappedApi.EmbeddedAsync(
            IntegrationKind.Mock, null, static method => method.Integration!.Template("{\n  #if(}")));

        Assert.Contains("Line 2, column", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TemplateBeyondItsLimits_500()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end");
            method.Respond("200");
        });

        using var response = await host.GetAsync("/dev/x/1");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task PreflightOfTheConsole_GivesItsHeaders()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}").PassthroughBehavior = PassthroughBehavior.WhenNoMatch;
            method.Respond("200")
                .Header("Access-Control-Allow-Methods", "'GET,OPTIONS'")
                .Header("Access-Control-Allow-Headers", "'Content-Type,X-Amz-Date'")
                .Header("Access-Control-Allow-Origin", "'*'");
        });

        using var response = await host.SendAsync(HttpMethod.Options, "/dev/x/1", ("Origin", "https://example.com"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("GET,OPTIONS", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("Content-Type,X-Amz-Date", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task ContextKeys_OpenMethod_AreThoseOfTheManagedService()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            method.Respond("200", template: "$context.keySet()|$context.get('identity')|$context.responseOverride|$context.requestOverride.keySet()|$context.authorizer.claims");
        });

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal(
            "[resourceId, resourcePath, httpMethod, extendedRequestId, requestTime, path, accountId, protocol, requestOverride, stage, "
            + "domainPrefix, requestTimeEpoch, requestId, identity, domainName, deploymentId, responseOverride, apiId]|||[path, header, querystring]|",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Overrides_OfTheRequestTemplate_ActOnTheResponse()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template(
                """
                #set($context.responseOverride.status = 429)
                #set($context.responseOverride.header.X-One = "a")
                #set($context.responseOverride.header.X-Many = ["1", "2"])
                #set($context.responseOverride.custom = "kept")
                #set($context.requestOverride.header.X-Sent = "seen")
                {"statusCode": 200}
                """);
            method.Respond("200", template: "$context.responseOverride.custom $context.requestOverride.header.X-Sent $context.responseOverride.status")
                .Header("X-One", "'mapped'");
        });

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal("kept seen 429", await response.Content.ReadAsStringAsync());
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(["a"], response.Headers.GetValues("X-One"));
        Assert.Equal(["1", "2"], response.Headers.GetValues("X-Many"));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("101")]
    [InlineData("600")]
    [InlineData("\"many\"")]
    public async Task OverriddenStatus_NotUsable_IsIgnored(string status)
    {
        await using var host = await StartAsync(method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            method.Respond("201", template: $"#set($context.responseOverride.status = {status})");
        });

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal(201, (int)response.StatusCode);
    }

    [Fact]
    public async Task OverriddenHeader_LineBreaks_DoNotPass()
    {
        await using var host = await StartAsync(static method =>
        {
            method.Integration!.Template("{\"statusCode\": 200}");
            method.Respond("200", template: "#set($context.responseOverride.header.X-One = $util.urlDecode($input.params('v')))#set($context.responseOverride.header.Content-Length = 5)");
        });

        using var response = await host.GetAsync("/dev/x/1?v=a%250D%250AX-Two:%20b%25C3%25A9");

        Assert.Equal(["a%0D%0AX-Two: b%C3%A9"], response.Headers.GetValues("X-One"));
        Assert.False(response.Headers.Contains("X-Two"));
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.Equal(["5"], response.Headers.GetValues("x-amzn-Remapped-Content-Length"));
    }

    [Fact]
    public async Task RepeatedOverride_RefusedOnRequestOnly()
    {
        const string Template = "#set($context.responseOverride.status = 400)#set($context.responseOverride.status = 404){\"statusCode\": 200}";
        await using var lenient = await StartAsync(static method =>
        {
            method.Integration!.Template(Template);
            method.Respond("200");
        });
        await using var strict = await TestHost.StartAsync(static gateway => gateway.AddRestApi("api", static api =>
        {
            api.Definition.RefuseRepeatedOverrides = true;
            api.Stage("dev").Map("GET /x/{id}", static method => method.Mock(200, static mock => mock.Template(Template)));
        }));

        using var last = await lenient.GetAsync("/dev/x/1");
        using var refused = await strict.GetAsync("/dev/x/1");

        Assert.Equal(404, (int)last.StatusCode);
        await Refusal.AssertServerErrorAsync(refused);
    }

    private static async Task AssertStatusAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 415)
        {
            await Refusal.AssertAsync(
                response, System.Net.HttpStatusCode.UnsupportedMediaType, "BadRequestException", """{"message": "Unsupported Media Type"}""");
        }
    }

    private static Task<TestHost> StartAsync(Action<MethodDefinition> configure) =>
        MappedApi.ExactAsync(IntegrationKind.Mock, null, configure);
}
