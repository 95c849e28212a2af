using System.Net;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Bodies and their models.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData(ValidatedApi.ValidMail, true)]
    [InlineData("""{"to":"a","subject":"b","more":[1,2]}""", true)]
    [InlineData("""{"to":"a"}""", false)]
    [InlineData("""{"to":1,"subject":"b"}""", false)]
    [InlineData("{}", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(" ", false)]
    [InlineData("null", false)]
    [InlineData("[]", false)]
    [InlineData("to=a&subject=b", false)]
    [InlineData("""{"to":"a","subject":"b"}}""", false)]
    public async Task Body_UnderAModel_IsJudged(string? body, bool isValid)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync("/dev/x", body);

        await AssertAsync(response, isValid);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("APPLICATION/Json; charset=utf-8", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("text/plain", true)]
    [InlineData("application/xml", true)]
    public async Task ContentType_OfTheRequest_ChoosesTheModel(string? contentType, bool passes)
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync("/dev/x", "{}", contentType);

        await AssertAsync(response, passes);
    }

    [Fact]
    public async Task Default_TakesEveryOtherType()
    {
        await using var host = await ValidatedApi.StartAsync(static api => api
            .Model("Mail", ValidatedApi.Mail).Model("List", """{"type":"array"}""")
            .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Mail").Body("List", "$default")));

        using var json = await host.PostAsync("/dev/x", ValidatedApi.ValidMail);
        using var text = await host.PostAsync("/dev/x", "[]", "text/plain");
        using var wrong = await host.PostAsync("/dev/x", ValidatedApi.ValidMail, "text/plain");

        await AssertAsync(json, true);
        await AssertAsync(text, true);
        await AssertAsync(wrong, false);
    }

    [Fact]
    public async Task NoModels_ActLikeEmpty()
    {
        await using var host = await ValidatedApi.StartAsync(static api => api
            .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly)));

        using var something = await host.PostAsync("/dev/x", """{"a":1}""");
        using var nothing = await host.PostAsync("/dev/x", null);
        using var list = await host.PostAsync("/dev/x", "[1]");

        await AssertAsync(something, true);
        await AssertAsync(nothing, true);
        await AssertAsync(list, false);
    }

    [Theory]
    [InlineData(ValidatedApi.Mail, false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", true)]
    [InlineData("""{"type":"array"}""", false)]
    public async Task Get_WithoutABody_IsValidatedAsAnEmptyObject(string schema, bool passes)
    {
        await using var host = await ValidatedApi.StartAsync(api => api
            .Model("Any", schema).Map("GET /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Any")));

        using var response = await host.GetAsync("/dev/x");

        await AssertAsync(response, passes);
    }

    [Fact]
    public async Task ModelOfAnotherContentType_ValidatesNothing()
    {
        await using var host = await ValidatedApi.StartAsync(static api => api
            .Model("Mail", ValidatedApi.Mail)
            .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Mail", "application/xml").Body("Mail")));

        using var xml = await host.PostAsync("/dev/x", "<mail/>", "application/xml");
        using var json = await host.PostAsync("/dev/x", "<mail/>");

        await AssertAsync(xml, true);
        await AssertAsync(json, false);
    }

    [Fact]
    public async Task Parameters_MissingToo_HideTheBody()
    {
        await using var host = await ValidatedApi.StartAsync(static api => api
            .Model("Mail", ValidatedApi.Mail)
            .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.ParametersAndBody, "method.request.querystring.a").Body("Mail")));

        using var both = await host.PostAsync("/dev/x", "{}");
        using var body = await host.PostAsync("/dev/x?a=1", "{}");
        using var neither = await host.PostAsync("/dev/x?a=1", ValidatedApi.ValidMail);

        await ValidatedApi.AssertMissingAsync(both, "a");
        await AssertAsync(body, false);
        await AssertAsync(neither, true);
    }

    [Theory]
    [InlineData(ValidatedApi.ParametersOnly)]
    [InlineData(null)]
    public async Task Body_WithoutAValidatorOfBodies_IsNotLookedAt(string? validator)
    {
        await using var host = await ValidatedApi.StartAsync(api => api
            .Model("Mail", ValidatedApi.Mail).Map("POST /x", method => method.InProcess("ok").ValidateBy(validator!).Body("Mail")));

        using var response = await host.PostAsync("/dev/x", "{}");

        await AssertAsync(response, true);
    }

    [Fact]
    public async Task UnknownRoute_ComesBeforeValidation()
    {
        await using var host = await StartAsync();

        using var response = await host.PostAsync("/dev/y", "{}");

        await Refusal.AssertMissingTokenAsync(response);
    }

    [Fact]
    public async Task DuplicatesAndDepth_OfAHostileBody_AreRefusedOrPassWithoutHarm()
    {
        await using var host = await StartAsync();
        var deep = $$"""{"to":"a","subject":"b","x":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";

        using var nested = await host.PostAsync("/dev/x", deep);
        using var twice = await host.PostAsync("/dev/x", """{"to":1,"to":"a","subject":"b"}""");

        await AssertAsync(nested, false);
        await AssertAsync(twice, false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_OverTenMegabytes_413(bool hasLength)
    {
        await using var host = await StartAsync();
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent(new byte[(10 << 20) + 1]);
        request.Headers.TransferEncodingChunked = !hasLength;

        using var response = await host.Client.SendAsync(request).InTime();

        await Refusal.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException", """{"message":"Request Too Long"}""");
    }

    [Fact]
    public async Task Body_JustBelowTenMegabytes_IsJudged()
    {
        await using var host = await StartAsync();
        var frame = """{"to":"a","subject":""}""".Length;
        var body = $$"""{"to":"a","subject":"{{new string('x', (10 << 20) - frame)}}"}""";
        Assert.Equal(10 << 20, Encoding.UTF8.GetByteCount(body));

        using var response = await host.PostAsync("/dev/x", body).InTime();

        await AssertAsync(response, true);
    }

    private static Task<TestHost> StartAsync() => ValidatedApi.StartAsync(static api => api
        .Model("Mail", ValidatedApi.Mail)
        .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Mail")));

    private static Task AssertAsync(HttpResponseMessage response, bool isValid)
    {
        if (!isValid)
        {
            return ValidatedApi.AssertInvalidBodyAsync(response);
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Task.CompletedTask;
    }
}
