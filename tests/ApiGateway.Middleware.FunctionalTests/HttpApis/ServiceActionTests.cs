using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Aws;
using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Integrations with a subtype: V-10 to V-12.</summary>
public sealed class ServiceActionTests
{
    [Fact]
    public async Task Action_OfTheApplication_GetsTheEvaluatedParameters()
    {
        var requests = new ConcurrentQueue<ServiceActionRequest>();
        await using var host = await StartAsync(gateway => gateway.AddServiceAction("SQS-SendMessage", (request, _) =>
        {
            requests.Enqueue(request);
            return new(new ServiceActionResult { StatusCode = 202, ContentType = "text/xml", Body = "<ok/>"u8.ToArray() });
        }));

        using var response = await host.Client.PostAsync("/q?group=g", new StringContent("""{"text":"hello"}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(("text/xml", "<ok/>"), (response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync()));
        var request = Assert.Single(requests);
        Assert.Equal(("SQS-SendMessage", "us-east-1", "arn:aws:iam::123456789012:role/q"), (request.Subtype, request.Region, request.CredentialsArn));
        Assert.Equal(
            ["MessageBody=hello", "MessageGroupId=g", "QueueUrl=https://sqs/1"],
            request.Parameters.Select(static item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(response.Headers.GetValues("apigw-requestid").Single(), request.RequestId);
    }

    // V-11: an optional one without a value is left out; a required one is not.
    [Theory]
    [InlineData("""{"text":"hello"}""", HttpStatusCode.OK, "{}")]
    [InlineData("""{"other":"hello"}""", HttpStatusCode.BadRequest, """{"message":"Bad Request"}""")]
    public async Task Action_ParameterWithoutValue_IsBadIfItIsRequired(string body, HttpStatusCode status, string expected)
    {
        var parameters = new ConcurrentQueue<int>();
        await using var host = await StartAsync(gateway => gateway.AddServiceAction("SQS-SendMessage", (request, _) =>
        {
            parameters.Enqueue(request.Parameters.Count);
            return new(ServiceActionResult.Json("{}"));
        }));

        using var response = await host.Client.PostAsync("/q", new StringContent(body));

        Assert.Equal((status, expected), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(status == HttpStatusCode.OK ? [2] : [], parameters);
    }

    // V-12.
    [Fact]
    public async Task Action_ThatNobodyCarriesOut_500()
    {
        await using var host = await StartAsync(static _ => { });

        using var response = await host.Client.PostAsync("/q", new StringContent("""{"text":"hello"}"""));

        Assert.Equal((HttpStatusCode.InternalServerError, """{"message":"Internal Server Error"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(true, HttpStatusCode.InternalServerError)]
    [InlineData(false, HttpStatusCode.ServiceUnavailable)]
    public async Task Action_ThatFailsOrTakesTooLong_IsAnswered(bool throws, HttpStatusCode expected)
    {
        var never = new TaskCompletionSource<ServiceActionResult>();
        await using var host = await TestHost.StartAsync(gateway => gateway
            .AddServiceAction("SQS-PurgeQueue", (_, _) => throws ? throw new InvalidOperationException("broken") : new(never.Task))
            .AddHttpApi("api", static api => api.Map("POST /q", static route =>
            {
                route.ServiceAction("SQS-PurgeQueue", ("QueueUrl", "q"));
                route.Definition.Integration!.TimeoutInMillis = 100;
            }).Stage("$default")));

        using var response = await host.Client.PostAsync("/q", new StringContent("""{"text":"hello"}"""));

        Assert.Equal(expected, response.StatusCode);
        never.SetCanceled();
    }

    [Fact]
    public async Task Action_WithKeys_IsASignedCallOfTheService()
    {
        await using var sqs = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 400;
            http.Response.ContentType = "application/x-amz-json-1.0";
            return http.Response.WriteAsync("""{"__type":"QueueDoesNotExist"}""");
        });
        await using var host = await StartAsync(
            static _ => { }, $$"""{ "Aws": { "Endpoint": "{{sqs.Url}}", "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "{{AwsSetup.Secret}}" } }""");

        using var response = await host.Client.PostAsync("/q?group=g", new StringContent("""{"text":"hello"}""", Encoding.UTF8, "application/json"));
        var call = await sqs.NextAsync();

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/x-amz-json-1.0", """{"__type":"QueueDoesNotExist"}"""),
            (response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync()));
        Assert.Equal(("POST", "/", "AmazonSQS.SendMessage", "application/x-amz-json-1.0"), (call.Method, call.Target, call["X-Amz-Target"], call["Content-Type"]));
        Assert.Equal("""{"QueueUrl":"https://sqs/1","MessageBody":"hello","MessageGroupId":"g"}""", call.Text);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
    }

    [Fact]
    public async Task Guide_Example_DoesWhatTheGuideSays()
    {
        using var json = System.Text.Json.JsonDocument.Parse(new Guide("aws-services.md").BlocksOf("json")[1]);
        var bodies = new ConcurrentQueue<(string Region, string Body)>();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = json.RootElement.GetProperty("ApiGateway").GetRawText(),
            Gateway = gateway => gateway.AddServiceAction("SQS-SendMessage", (request, _) =>
            {
                bodies.Enqueue((request.Region, request.Parameters["MessageBody"]));
                return new(ServiceActionResult.Json("{}"));
            }),
        });

        using var response = await host.Client.PostAsync("/orders", new StringContent("""{"order":{"n":1}}"""));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([("eu-west-1", """{"n":1}""")], bodies);
    }

    private static Task<TestHost> StartAsync(Action<IApiGatewayBuilder> configure, string? settings = null) => TestHost.StartAsync(new TestHostSetup
    {
        Settings = settings,
        Gateway = gateway =>
        {
            gateway.AddHttpApi("api", static api =>
            {
                api.Map("POST /q", static route =>
                {
                    route.ServiceAction(
                        "SQS-SendMessage", ("QueueUrl", "https://sqs/1"), ("MessageBody", "$request.body.text"),
                        ("MessageGroupId", "$request.querystring.group"));
                    route.Definition.Integration!.Credentials = "arn:aws:iam::123456789012:role/q";
                }).Stage("$default");
            });
            configure(gateway);
        },
    });
}
