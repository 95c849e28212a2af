using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.TestInvoke;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Aws;

/// <summary>What reaches a service, here a server that plays it and checks the signature.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Service_QueryByPath_SendsTheForm()
    {
        await using var sqs = await TestBackend.StartAsync(static http => http.Response.WriteAsync("""{"SendMessageResponse":{"id":"m1"}}"""));
        await using var host = await AwsSetup.StartServiceAsync(sqs.Url, AwsSetup.Arn + "sqs:path/123456789012/orders", static integration =>
        {
            integration.RequestParameters["integration.request.header.Content-Type"] = "'application/x-www-form-urlencoded'";
            integration.RequestTemplates["application/json"] = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)";
            integration.Response("200", template: """{"id": $input.json('$.SendMessageResponse.id')}""");
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("""{"n": 1}"""));
        var call = await sqs.NextAsync();

        Assert.Equal((HttpStatusCode.OK, """{"id": "m1"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(("POST", "/123456789012/orders"), (call.Method, call.Target));
        Assert.Equal("Action=SendMessage&MessageBody=%7B%22n%22%3A+1%7D", call.Text.Replace("%20", "+", StringComparison.Ordinal));
        Assert.Equal("application/x-www-form-urlencoded", call["Content-Type"]);
        Assert.Equal("application/json", call["Accept"]);
        Assert.Equal("AmazonAPIGateway_api", call["User-Agent"]);
        Assert.Contains("/eu-west-1/sqs/aws4_request", call["Authorization"], StringComparison.Ordinal);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
        Assert.Equal(call["X-Amzn-Trace-Id"], Assert.Single(response.Headers.GetValues("X-Amzn-Trace-Id")));
    }

    [Fact]
    public async Task Service_QueryByAction_NamesActionAndVersion()
    {
        await using var sns = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(sns.Url, AwsSetup.Arn + "sns:action/Publish", static integration =>
        {
            integration.RequestParameters["integration.request.querystring.Message"] = "method.request.querystring.text";
            integration.RequestParameters["integration.request.querystring.TopicArn"] = "'arn:aws:sns:eu-west-1:123456789012:t'";
            integration.Response("200");
        });

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x?text=a%20b%26Action=DeleteTopic%2Bc");
        var call = await sns.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            ["Action=Publish", "Message=a%20b%26Action%3DDeleteTopic%2Bc", "TopicArn=arn:aws:sns:eu-west-1:123456789012:t", "Version=2010-03-31"],
            call.Target["/?".Length..].Split('&').Order(StringComparer.Ordinal));
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
    }

    [Theory]
    [InlineData("dynamodb", "PutItem", "DynamoDB_20120810.PutItem", "application/x-amz-json-1.0")]
    [InlineData("states", "StartExecution", "AWSStepFunctions.StartExecution", "application/x-amz-json-1.0")]
    [InlineData("events", "PutEvents", "AWSEvents.PutEvents", "application/x-amz-json-1.1")]
    [InlineData("kinesis", "PutRecord", "Kinesis_20131202.PutRecord", "application/x-amz-json-1.1")]
    public async Task Service_JsonByAction_NamesTheTarget(string service, string action, string target, string type)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, $"{AwsSetup.Arn}{service}:action/{action}", static integration =>
        {
            integration.RequestTemplates["application/json"] = """{"Item": $input.json('$')}""";
            integration.Response("200");
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("""{"n":1}"""));
        var call = await backend.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("POST", "/", target, type), (call.Method, call.Target, call["X-Amz-Target"], call["Content-Type"]));
        Assert.Equal("""{"Item": {"n":1}}""", call.Text);
        Assert.Contains("x-amz-target", call["Authorization"], StringComparison.Ordinal);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
    }

    [Theory]
    [InlineData("a.txt", "/bucket/a.txt")]
    [InlineData("dir%20one/%C3%A4+b@c'd.txt", "/bucket/dir%20one/%C3%A4%2Bb@c'd.txt")]
    public async Task Service_S3ByPath_SignsThePathOnce(string key, string target)
    {
        await using var s3 = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(
            s3.Url, AwsSetup.Arn + "s3:path/{bucket}/{key}",
            static integration =>
            {
                integration.IntegrationHttpMethod = "ANY";
                integration.RequestParameters["integration.request.path.bucket"] = "'bucket'";
                integration.RequestParameters["integration.request.path.key"] = "method.request.path.key";
                integration.Response("200");
            },
            "PUT /o/{key+}");

        using var response = await host.SendAsync(HttpMethod.Put, "/dev/o/" + key);
        var call = await s3.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("PUT", target), (call.Method, call.Target));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", call["X-Amz-Content-Sha256"]);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret, isS3: true));
    }

    [Fact]
    public async Task Service_Subdomain_IsTheHostNameAtAnOwnEndpoint()
    {
        await using var s3 = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(s3.Url, AwsSetup.Arn + "photos.s3:path/a");

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");
        var call = await s3.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("photos.s3.eu-west-1.amazonaws.com", call["Host"]);
        Assert.Contains("/eu-west-1/s3/aws4_request", call["Authorization"], StringComparison.Ordinal);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret, isS3: true));
    }

    [Fact]
    public async Task Service_ActionWithPlaces_KeepsEachValueOneParameter()
    {
        await using var s3 = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(
            s3.Url, AwsSetup.Arn + "s3:action/GetObject&Bucket={bucket}&Key=k",
            static integration =>
            {
                integration.IntegrationHttpMethod = "GET";
                integration.RequestParameters["integration.request.path.bucket"] = "method.request.path.name";
                integration.Response("200");
            },
            "GET /o/{name}");

        using var response = await host.GetAsync("/dev/o/b&Action=DeleteObject");
        var call = await s3.NextAsync();

        Assert.Equal("/?Action=GetObject&Bucket=b%26Action=DeleteObject&Key=k", call.Target);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret, isS3: true));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(404, 400)]
    [InlineData(503, 502)]
    public async Task Service_Status_SelectsTheResponse(int status, int expected)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers["x-amzn-RequestId"] = "id-1";
            http.Response.ContentType = "application/x-amz-json-1.0";
            return http.Response.WriteAsync("{}");
        });
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, AwsSetup.Arn + "dynamodb:action/GetItem", static integration =>
        {
            integration.Response("200");
            integration.Response("400", @"4\d{2}").ResponseParameters["method.response.header.X-Id"] = "integration.response.header.x-amzn-RequestId";
            integration.Response("502", @"5\d{2}");
        });

        using var response = await host.Client.PostAsync("/dev/x", Json("{}"));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(expected == 400, response.Headers.Contains("X-Id"));
    }

    [Fact]
    public async Task Service_Unsigned_WithoutKeys()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(
            $$"""
            { "Aws": { "Endpoints": { "sqs": "{{backend.Url}}" } },
              "Apis": { "shop": { "Stages": { "dev": {} }, "Routes": { "GET /q/{name}": { "Integration": {
                "Type": "AWS", "Uri": "arn:aws:apigateway:us-east-1:sqs:path/1/{name}" } } } } } }
            """);

        Assert.Equal("backend", await host.GetTextAsync("/dev/q/orders"));
        var call = await backend.NextAsync();

        Assert.Equal(("GET", "/1/orders", null), (call.Method, call.Target, call["Authorization"]));
        Assert.Null(call["X-Forwarded-For"]);
    }

    [Fact]
    public async Task Service_HeadersOfTheCaller_NeverSayWhereOrWho()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, AwsSetup.Arn + "sqs:path/q", static integration =>
        {
            integration.RequestParameters["integration.request.header.Host"] = "method.request.header.Elsewhere";
            integration.RequestParameters["integration.request.header.X-Amz-Date"] = "method.request.header.When";
            integration.RequestParameters["integration.request.header.X-Amz-Security-Token"] = "method.request.header.Token";
            integration.Response("200");
        });

        using var response = await host.SendAsync(
            HttpMethod.Post, "/dev/x", ("Elsewhere", "evil.example"), ("When", "20000101T000000Z"), ("Token", "forged"), ("Authorization", "mine"));
        var call = await backend.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(backend.Authority, call["Host"]);
        Assert.NotEqual("20000101T000000Z", call["X-Amz-Date"]);
        Assert.Null(call["X-Amz-Security-Token"]);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", call["Authorization"], StringComparison.Ordinal);
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
    }

    [Fact]
    public async Task Service_AuthorizationMapped_500AndNothingIsCalled()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, AwsSetup.Arn + "sqs:path/q", static integration =>
        {
            integration.RequestParameters["integration.request.header.Authorization"] = "'mine'";
            integration.Response("200");
        });

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task Service_CredentialsOfTheContainer_SignAndRotate()
    {
        var source = new Rotating();
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""{ "Aws": { "Endpoint": "{{backend.Url}}", "AccessKeyId": "NO", "SecretAccessKey": "NO" } }""",
            Builder = builder => builder.Services.AddSingleton<IAwsCredentialsSource>(source),
            Gateway = static gateway => gateway.AddRestApi("api", static api => api
                .Map("POST /x", static method => method.Aws(AwsSetup.Arn + "sqs:path/q")).Stage("dev")),
        });

        for (var i = 1; i <= 2; i++)
        {
            using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");
            var call = await backend.NextAsync();

            Assert.Contains($"Credential=KEY{i}/", call["Authorization"], StringComparison.Ordinal);
            Assert.Equal($"token{i}", call["X-Amz-Security-Token"]);
            Assert.True(SignatureVerifier.Holds(call, $"secret{i}"));
        }
    }

    [Fact]
    public async Task Service_ExecutionLog_HasTheRequestButNoSignature()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, AwsSetup.Arn + "dynamodb:action/GetItem");

        var result = await host.Services.GetRequiredService<IGatewayTestInvoker>().InvokeAsync(
            new TestInvokeRequest("api", "dev", "POST", "/x") { Body = """{"n":1}""" });
        var call = await backend.NextAsync();

        Assert.Equal((200, "backend"), (result.Status, result.Body));
        Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
        Assert.Contains("X-Amz-Target=DynamoDB_20120810.GetItem", result.Log, StringComparison.Ordinal);
        Assert.Contains("Authorization=********", result.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", result.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guide_Example_DoesWhatTheGuideSays()
    {
        await using var backend = await TestBackend.StartAsync();
        var guide = new Guide("aws-services.md");
        var settings = guide.BlocksOf("json")[0].Replace("http://127.0.0.1:4566", backend.Url, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(settings);
        await using var host = await TestHost.StartAsync(json.RootElement.GetProperty("ApiGateway").GetRawText());

        using var response = await host.Client.PostAsync("/dev/orders", Json("rex & co"));
        var call = await backend.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("/123456789012/orders", "application/x-www-form-urlencoded"), (call.Target, call["Content-Type"]));
        Assert.StartsWith("Action=SendMessage&MessageBody=rex", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" ", call.Text, StringComparison.Ordinal);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private sealed class Rotating : IAwsCredentialsSource
    {
        private int _count;

        public ValueTask<AwsCredentials?> GetAsync(CancellationToken cancellationToken)
        {
            var n = Interlocked.Increment(ref _count);
            return new(new AwsCredentials($"KEY{n}", $"secret{n}", $"token{n}"));
        }
    }
}
