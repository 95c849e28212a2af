using System.Buffers;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Aws;

/// <summary>Functions that get what templates make, and whose results choose the response.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("""{"id":7}""", 200, """{"id":7}""")]
    [InlineData("""{"errorMessage":"Malformed input"}""", 400, """{"errorMessage":"Malformed input"}""")]
    [InlineData("""{"errorMessage":"Not Malformed"}""", 200, """{"errorMessage":"Not Malformed"}""")]
    [InlineData("""{"errorMessage":"x four hundred y"}""", 404, """{"errorMessage":"x four hundred y"}""")]
    [InlineData("""{"errorMessage":"two\nlines of Malformed"}""", 200, """{"errorMessage":"two\nlines of Malformed"}""")]
    [InlineData("""["Malformed input"]""", 200, """["Malformed input"]""")]
    [InlineData("Malformed input", 200, "Malformed input")]
    public async Task Function_Result_IsSelectedByItsErrorMessage(string result, int status, string body)
    {
        await using var host = await AwsSetup.StartFunctionAsync(Answering(result), static integration =>
        {
            integration.Response("200");
            integration.Response("404", ".*four hundred.*");
            integration.Response("400", "Malformed.*");
        });

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("Root=1-", Assert.Single(response.Headers.GetValues("X-Amzn-Trace-Id")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_Template_MakesThePayload()
    {
        await using var host = await AwsSetup.StartFunctionAsync(Echo, static integration =>
        {
            integration.RequestTemplates["application/json"] = """{"user": $input.json('$.name'), "verb": "$context.httpMethod"}""";
            integration.Response("200", template: """{"got": $input.json('$')}""");
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("""{"name":"rex"}"""));

        Assert.Equal("""{"got": {"user":"rex","verb":"POST"}}""", (await response.Content.ReadAsStringAsync()).Replace(": \"", ":\"", StringComparison.Ordinal).Replace(", \"", ",\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("""[1, 2]""", """[1, 2]""")]
    public async Task Function_NoTemplate_GetsTheBodyAsItIs(string body, string payload)
    {
        await using var host = await AwsSetup.StartFunctionAsync(Echo);

        using var response = await host.Client.PostAsync("/dev/x", Json(body));

        Assert.Equal(payload, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Function_ErrorMessageThatHoldsJson_IsReadForHeaders()
    {
        await using var host = await AwsSetup.StartFunctionAsync(
            Answering("""{"errorMessage":"{\"httpStatus\":400,\"trace\":{\"function\":\"abc()\",\"lines\":[1]}}"}"""), static integration =>
            {
                var response = integration.Response("400", ".*\"httpStatus\":400.*");
                response.ResponseParameters["method.response.header.X-Function"] = "integration.response.body.errorMessage.trace.function";
                response.ResponseParameters["method.response.header.X-Trace"] = "integration.response.body.errorMessage.trace";
            });

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("abc()", Assert.Single(response.Headers.GetValues("X-Function")));
        Assert.Equal("""{"function":"abc()","lines":[1]}""", Assert.Single(response.Headers.GetValues("X-Trace")));
    }

    [Fact]
    public async Task Function_ConvertToBinary_DecodesTheResult()
    {
        await using var host = await AwsSetup.StartFunctionAsync(
            Answering("aGVsbG8="), static integration => integration.Response("200").ContentHandling = ContentHandling.ConvertToBinary);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Function_ThrowsAndNoResponseIsDefined_TellsNobodyWhy()
    {
        await using var host = await AwsSetup.StartFunctionAsync(
            static (_, _, _, _) => throw new InvalidOperationException("secret"),
            static integration => { },
            static api => api.Definition.Profile = DefinitionProfile.Embedded);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertAsync(
            response, HttpStatusCode.BadGateway, "InternalServerErrorException", """{"message": "Internal server error"}""");
    }

    [Fact]
    public async Task Function_ThrowsWhatAResponseIsDefinedFor_IsSelected()
    {
        await using var host = await AwsSetup.StartFunctionAsync(
            static (_, _, _, _) => throw new InvalidOperationException("[NotFound] no such order"),
            static integration => integration.Response("404", ".*NotFound.*", "{\"found\": false}"));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal((HttpStatusCode.NotFound, "{\"found\": false}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Function_RemoteError_IsSelectedAndItsBodyPasses()
    {
        await using var lambda = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return http.Response.WriteAsync("""{"errorMessage":"boom","errorType":"Error"}""");
        });
        await using var host = await AwsSetup.StartServiceAsync(lambda.Url, AwsSetup.Function, static integration =>
        {
            integration.Response("200");
            integration.Response("502", "boom");
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("{}"));
        var call = await lambda.NextAsync();

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("""{"errorMessage":"boom","errorType":"Error"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("/2015-03-31/functions/orders/invocations", call.Target);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
    }

    [Fact]
    public async Task Function_Event_RunsLaterAndAnswersAtOnce()
    {
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await AwsSetup.StartFunctionAsync(
            async (payload, _, _, _) =>
            {
                started.SetResult(Encoding.UTF8.GetString(payload.Span));
                await release.Task;
            },
            static integration =>
            {
                integration.RequestParameters["integration.request.header.X-Amz-Invocation-Type"] = "'Event'";
                integration.Response("202");
            });

        using var response = await host.Client.PostAsync("/dev/x", Json("""{"later":true}"""));

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("""{"later":true}""", await started.Task.InTime());
        release.SetResult();
    }

    [Theory]
    [InlineData(null, "RequestResponse")]
    [InlineData("Event", "Event")]
    [InlineData("DryRun", "DryRun")]
    public async Task Function_InvocationTypeOfAHeader_ReachesTheApi(string? header, string type)
    {
        await using var lambda = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        await using var host = await AwsSetup.StartServiceAsync(lambda.Url, AwsSetup.Function, MapType);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x", header is null ? [] : [("How", header)]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, (await lambda.NextAsync())["X-Amz-Invocation-Type"]);
    }

    [Fact]
    public async Task Function_InvocationTypeUnknown_500AndNothingIsCalled()
    {
        await using var lambda = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(lambda.Url, AwsSetup.Function, MapType);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x", ("How", "Never"));

        await Refusal.AssertServerErrorAsync(response);
        Assert.Equal(0, lambda.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Function_Refused_500(int status)
    {
        await using var lambda = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("""{"Message":"no"}""");
        });
        await using var host = await AwsSetup.StartServiceAsync(lambda.Url, AwsSetup.Function);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response);
        Assert.Equal(1, lambda.Count);
    }

    [Fact]
    public async Task Function_TooSlow_504EvenIfItGoesOn()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await AwsSetup.StartFunctionAsync(
            async (_, answer, _, _) =>
            {
                await release.Task;
                answer.Write("late"u8);
            },
            static integration =>
            {
                integration.TimeoutInMillis = 50;
                integration.Response("200");
            });

        using var response = await host.GetAsync("/dev/x");
        release.SetResult();

        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
    }

    [Theory]
    [InlineData(10 << 20, 200)]
    [InlineData((10 << 20) + 1, 500)]
    public async Task Function_LongResult_IsLimited(int length, int status)
    {
        await using var host = await AwsSetup.StartFunctionAsync((_, answer, _, _) =>
        {
            answer.Write(Encoding.UTF8.GetBytes(new string('x', length)));
            return ValueTask.CompletedTask;
        });

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Function_NoResponseMatches_500()
    {
        await using var host = await AwsSetup.StartFunctionAsync(Answering("{}"), static integration => integration.Response("200", "never"));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Function_InSettings_ByNameAlone()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = """
                { "Apis": { "shop": { "Stages": { "dev": {} }, "Routes": { "POST /x": { "Integration": {
                    "Type": "AWS", "Uri": "orders", "RequestTemplates": { "application/json": "{\"n\":1}" } } } } } } }
                """,
            Gateway = static gateway => gateway.AddLambdaFunction("orders", Echo),
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("{}"));

        Assert.Equal("""{"n":1}""", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
    }

    private static void MapType(IntegrationDefinition integration)
    {
        integration.RequestParameters["integration.request.header.X-Amz-Invocation-Type"] = "method.request.header.How";
        integration.Response("200");
    }

    private static LambdaFunction Answering(string payload) => (_, answer, _, _) =>
    {
        answer.Write(Encoding.UTF8.GetBytes(payload));
        return ValueTask.CompletedTask;
    };

    private static ValueTask Echo(ReadOnlyMemory<byte> payload, IBufferWriter<byte> answer, LambdaContext context, CancellationToken cancellationToken)
    {
        answer.Write(payload.Span);
        return ValueTask.CompletedTask;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
