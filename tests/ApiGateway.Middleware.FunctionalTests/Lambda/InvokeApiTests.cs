using System.Net;
using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Lambda;

/// <summary>Functions behind the Lambda API, here a server that plays it.</summary>
public sealed class InvokeApiTests
{
    [Fact]
    public async Task Invoke_Unsigned_IsWhatTheApiAsksFor()
    {
        await using var lambda = await TestBackend.StartAsync(static http => http.Response.WriteAsync("""{"statusCode":201,"body":"remote"}"""));
        await using var host = await LambdaSetup.StartAsync($$"""{ "Endpoint": "{{lambda.Url}}" }""");

        using var response = await host.GetAsync("/dev/x");
        var call = await lambda.NextAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("remote", await response.Content.ReadAsStringAsync());
        Assert.Equal(("POST", "/2015-03-31/functions/orders/invocations?Qualifier=live"), (call.Method, call.Target));
        Assert.Equal("RequestResponse", call["X-Amz-Invocation-Type"]);
        Assert.StartsWith("Root=1-", call["X-Amzn-Trace-Id"], StringComparison.Ordinal);
        Assert.Null(call["Authorization"]);
        using var json = JsonDocument.Parse(call.Text);
        Assert.Equal("/x", json.RootElement.GetProperty("path").GetString());
    }

    [Fact]
    public async Task Invoke_Keys_SignsTheCall()
    {
        await using var lambda = await TestBackend.StartAsync(static http => http.Response.WriteAsync("{}"));
        await using var host = await LambdaSetup.StartAsync(
            $$"""{ "Endpoint": "{{lambda.Url}}", "Region": "eu-west-1", "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "secret", "SessionToken": "token" }""");

        using var response = await host.GetAsync("/dev/x");
        var call = await lambda.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches(
            @"^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\d{8}/eu-west-1/lambda/aws4_request, " +
            "SignedHeaders=content-type;host;x-amz-date;x-amz-invocation-type;x-amz-security-token, Signature=[0-9a-f]{64}$",
            call["Authorization"]);
        Assert.Equal("token", call["X-Amz-Security-Token"]);
    }

    [Fact]
    public async Task Invoke_EndpointOfOneFunction_ComesFirst()
    {
        await using var lambda = await TestBackend.StartAsync(static http => http.Response.WriteAsync("""{"body":"emulator"}"""));
        await using var host = await LambdaSetup.StartAsync(
            $$"""
            { "Endpoint": "http://127.0.0.1:1", "Functions": { "arn:aws:lambda:us-east-1:123456789012:function:orders": {
                "Endpoint": "{{lambda.Url}}/2015-03-31/functions/function/invocations" } } }
            """);

        Assert.Equal("emulator", await host.GetTextAsync("/dev/x"));
        Assert.Equal("/2015-03-31/functions/function/invocations?Qualifier=live", (await lambda.NextAsync()).Target);
    }

    [Theory]
    [InlineData(400, "InvalidRequestContentException", 500, "Internal server error")]
    [InlineData(403, "AccessDeniedException", 500, "Internal server error")]
    [InlineData(404, "ResourceNotFoundException:http://internal.amazon.com/", 500, "Internal server error")]
    [InlineData(429, "TooManyRequestsException", 500, "Internal server error")]
    [InlineData(500, "ServiceException", 500, "Internal server error")]
    public async Task Invoke_Refused_IsAnsweredAsTabledAndNotRepeated(int status, string type, int expected, string message)
    {
        await using var lambda = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers["x-amzn-ErrorType"] = type;
            return http.Response.WriteAsync("""{"Message":"no"}""");
        });
        await using var host = await LambdaSetup.StartAsync($$"""{ "Endpoint": "{{lambda.Url}}" }""");

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, message, expected);
        Assert.Equal(1, lambda.Count);
    }

    [Fact]
    public async Task Invoke_FunctionError_502()
    {
        await using var lambda = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return http.Response.WriteAsync("""{"errorMessage":"x","errorType":"Error"}""");
        });
        await using var host = await LambdaSetup.StartAsync($$"""{ "Endpoint": "{{lambda.Url}}" }""");

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, status: 502);
    }

    [Fact]
    public async Task Invoke_TooSlow_504()
    {
        await using var lambda = await TestBackend.StartAsync(static http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var host = await LambdaSetup.StartAsync(
            $$"""{ "Endpoint": "{{lambda.Url}}" }""", static api => api.Definition.Methods[0].Integration!.TimeoutInMillis = 50);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
    }

    [Fact]
    public async Task Invoke_NobodyListens_500()
    {
        await using var host = await LambdaSetup.StartAsync("""{ "Endpoint": "http://127.0.0.1:1" }""");

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Invoke_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var lambda = await TestBackend.StartRawAsync(static async http =>
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body);
            await http.Response.WriteAsync($$"""{"body":"{{json.RootElement.GetProperty("body").GetString()}}"}""");
        });
        await using var host = await LambdaSetup.StartAsync($$"""{ "Endpoint": "{{lambda.Url}}" }""");

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, cancellationToken) =>
        {
            using var response = await host.Client.PostAsync("/dev/x", new StringContent($"body-{i}"), cancellationToken);

            Assert.Equal($"body-{i}", await response.Content.ReadAsStringAsync(cancellationToken));
        });
    }

    [Theory]
    [InlineData("""{ "Endpiont": "x" }""", "Lambda:Endpiont")]
    [InlineData("""{ "Endpoint": "ftp://x" }""", "must be an address such as 'http://127.0.0.1:3001', but is 'ftp://x'")]
    [InlineData("""{ "AccessKeyId": "x" }""", "must both be there or both be missing")]
    [InlineData("""{ "Functions": { "a b": { "Endpoint": "http://x" } } }""", "must be named by function names or ARNs, but one is 'a b'")]
    public async Task Options_Wrong_StopTheHost(string lambda, string message)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => LambdaSetup.StartAsync(lambda));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
