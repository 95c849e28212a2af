using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Routes of HTTP APIs with <c>AWS_IAM</c>: every failure has one answer.</summary>
public sealed class HttpIamTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Curl = "/usr/bin/curl";

    private static readonly string Forbidden = RawAnswer.Refusal("403 Forbidden", "Forbidden");

    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _events = [];

    [Theory]
    [InlineData("GET /who")]
    [InlineData("GET /who", "Authorization: Bearer a.b.c")]
    [InlineData("GET /who", "Authorization: AWS4-HMAC-SHA256 Credential=a")]
    [InlineData("GET /who?X-Amz-Algorithm=AWS4-HMAC-SHA256")]
    public async Task Signature_NoneOrBroken_Is403ToTheByte(string requestLine, params string[] headers)
    {
        await using var host = await StartAsync(Policy("*"));

        Assert.Equal(Forbidden, await RawAnswer.OfAsync(host, requestLine, headers));
    }

    [Fact]
    public async Task Signature_Holds_FunctionLearnsWhoSigned()
    {
        await using var host = await StartAsync(Policy("*"));

        using var response = await host.Client.SendAsync(Signed(host, "/f"));

        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            $$$"""{"iam":{"accessKey":"{{{Id}}}","accountId":"123456789012","callerId":"AIDAANN","cognitoIdentity":{"amr":["authenticated","pool"],"identityId":"us-east-1:1","identityPoolId":"us-east-1:2"},"principalOrgId":"o-1","userArn":"arn:aws:iam::123456789012:user/ann","userId":"AIDAANN"}}""",
            AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext").GetProperty("authorizer").GetRawText());
    }

    [Theory]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:api/$default/GET/who", true)]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:api/*/*/who", true)]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:api/$default/ANY/who", false)]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/who", false)]
    [InlineData("arn:aws:execute-api:us-east-1:123456789012:other/*", false)]
    public async Task Policy_OfTheCaller_MustAllowTheArn(string resource, bool isAllowed)
    {
        await using var host = await StartAsync(Policy(resource));

        using var response = await host.Client.SendAsync(Signed(host, "/who"));

        Assert.Equal(isAllowed ? "ann" : """{"message":"Forbidden"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData(300, HttpStatusCode.OK)]
    [InlineData(301, HttpStatusCode.Forbidden)]
    [InlineData(-301, HttpStatusCode.Forbidden)]
    public async Task Signature_OlderThanFiveMinutes_Is403(int seconds, HttpStatusCode status)
    {
        await using var host = await StartAsync(Policy("*"));
        var request = Signed(host, "/who", _time.GetUtcNow().AddSeconds(-seconds));

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Store_None_Is403()
    {
        await using var host = await StartAsync(null);

        using var response = await host.Client.SendAsync(Signed(host, "/who"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("""{"message":"Forbidden"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(Secret, "200 ann")]
    [InlineData("another", """403 {"message":"Forbidden"}""")]
    public async Task Signature_ByCurl_IsVerified(string secret, string expected)
    {
        Assert.SkipUnless(File.Exists(Curl), "curl is not installed.");
        await using var host = await StartAsync(Policy("*"), TimeProvider.System);

        var answer = await CurlAsync(host, secret, "/who");

        Assert.Equal(expected, answer);
    }

    private static async Task<string> CurlAsync(TestHost host, string secret, string path)
    {
        string[] arguments =
        [
            "-s", "-w", "%{stderr}%{http_code}", "--max-time", "20", "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", $"{Id}:{secret}",
            $"http://127.0.0.1:{host.Port}{path}",
        ];
        using var curl = Process.Start(new ProcessStartInfo(Curl, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var body = await curl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return $"{await curl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)} {body}";
    }

    private static string Policy(string resource) =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"{{resource}}"} }""";

    private HttpRequestMessage Signed(TestHost host, string path, DateTimeOffset? at = null) => TestSigner.Sign(
        TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, path), Id, Secret, at ?? _time.GetUtcNow());

    private Task<TestHost> StartAsync(string? policy, TimeProvider? time = null) => TestHost.StartAsync(new TestHostSetup
    {
        Time = time ?? _time,
        Gateway = gateway =>
        {
            gateway
                .AddHandler("who", static http => http.Response.WriteAsync(http.User.Identity?.Name ?? ""))
                .AddLambdaFunction("f", AuthorizedApi.Answering(_events, "\"ok\""))
                .AddHttpApi("api", static api => api
                    .Map("ANY /who", static route => route.AuthorizeIam().InProcess("who"))
                    .Map("GET /f", static route => route.AuthorizeIam().LambdaProxy("f"))
                    .Stage("$default"));
            if (policy is not null)
            {
                gateway.Services.Configure<ApiGatewayOptions>(options => options.Credentials.Add(Credential(policy)));
            }
        },
    });

    private static SigV4Credential Credential(string policy) => new(Id, Secret)
    {
        PrincipalArn = "arn:aws:iam::123456789012:user/ann",
        UserId = "AIDAANN",
        UserName = "ann",
        OrgId = "o-1",
        IdentityPolicies = [policy],
        CognitoIdentityId = "us-east-1:1",
        CognitoIdentityPoolId = "us-east-1:2",
        CognitoAuthenticationType = "authenticated",
        CognitoAuthenticationProvider = "pool",
    };
}
