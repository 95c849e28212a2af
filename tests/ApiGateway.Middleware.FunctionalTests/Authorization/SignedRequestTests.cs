using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Methods with <c>AWS_IAM</c>.</summary>
public sealed class SignedRequestTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Ann = "arn:aws:iam::123456789012:user/ann";
    private const string Mask = "arn:aws:execute-api:us-east-1:********9012:api/dev/";

    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _events = [];

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Forbidden)]
    public async Task Signature_ByCurl_HoldsUntilAByteChanges(bool isWhole, HttpStatusCode status)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");

        // By way of a proxy, which may change a byte: curl itself sends what it has signed.
        await using var host = await StartAsync(Credential(Allow()), time: TimeProvider.System);
        await using var proxy = await TestBackend.StartRawAsync(async http =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{host.Port}{http.Request.Path}"));
            request.Headers.Host = http.Request.Host.Value;
            foreach (var name in (string[])["Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"])
            {
                request.Headers.TryAddWithoutValidation(name, (string?)http.Request.Headers[name]);
            }

            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(isWhole ? body : body.Replace('1', '2')));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
            using var response = await host.Client.SendAsync(request);
            http.Response.StatusCode = (int)response.StatusCode;
        });
        string[] arguments =
        [
            "-s", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "20", "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", $"{Id}:{Secret}",
            "-H", "Content-Type: application/json", "--data", """{"a":1}""", $"{proxy.Url}/dev/who",
        ];
        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", arguments) { RedirectStandardOutput = true })!;

        var answer = await curl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture), answer);
    }

    [Fact]
    public async Task Signature_Holds_ApplicationSeesTheCallerAndTheBody()
    {
        await using var host = await StartAsync(Credential(Allow()));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Post, "/dev/who?a=1", "the body"));

        Assert.Equal("ann|AIDAANN|AWS_IAM|the body", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Signature_BodyChanged_403()
    {
        await using var host = await StartAsync(Credential(Allow()));
        var request = Signed(host, HttpMethod.Post, "/dev/who", "the body");
        request.Content = new StringContent("the bodY");

        using var response = await host.Client.SendAsync(request);

        await Refusal.AssertAsync(
            response, HttpStatusCode.Forbidden, "InvalidSignatureException",
            """{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}""");
    }

    [Fact]
    public async Task Signature_None_403MissingToken()
    {
        await using var host = await StartAsync(Credential(Allow()));

        using var response = await host.GetAsync("/dev/who");

        await Refusal.AssertMissingTokenAsync(response);
    }

    [Fact]
    public async Task Signature_UnknownKey_403()
    {
        await using var host = await StartAsync(Credential(Allow()));

        using var response = await host.Client.SendAsync(
            TestSigner.Sign(TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, "/dev/who"), "AKIAUNKNOWNUNKNOWN12", Secret, _time.GetUtcNow()));

        await Refusal.AssertAsync(
            response, HttpStatusCode.Forbidden, "UnrecognizedClientException", """{"message":"The security token included in the request is invalid."}""");
    }

    [Fact]
    public async Task Body_OverTheLimit_413BeforeTheSignatureIsVerified()
    {
        await using var host = await StartAsync(Credential(Allow()));
        var request = Signed(host, HttpMethod.Post, "/dev/who", "x");
        request.Content = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    // The caller's policy, the API's, whether the account is another; "" is no policy.
    [Theory]
    [InlineData("Allow", "", false, null)]
    [InlineData("", "", false, "")]
    [InlineData("", "Allow", false, null)]
    [InlineData("Deny", "Allow", false, " with an explicit deny")]
    [InlineData("Allow", "Deny", false, " with an explicit deny")]
    [InlineData("Allow", "", true, "")]
    [InlineData("", "Allow", true, "")]
    [InlineData("Allow", "Allow", true, null)]
    public async Task Policies_OfCallerAndApi_DecideTogether(string identity, string resource, bool isOtherAccount, string? ending)
    {
        var arn = isOtherAccount ? "arn:aws:iam::999999999999:user/bob" : Ann;
        await using var host = await StartAsync(
            Credential(identity.Length == 0 ? null : Allow(identity), arn), api: api => api.Definition.Policy = resource.Length == 0 ? null : Resource(resource, "\"*\""));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/who"));

        if (ending is null)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        else
        {
            await Refusal.AssertAsync(
                response, HttpStatusCode.Forbidden, "AccessDeniedException",
                $$"""{"Message":"User: {{arn}} is not authorized to perform: execute-api:Invoke on resource: {{Mask}}GET/who{{ending}}"}""");
        }
    }

    [Fact]
    public async Task Policies_None_AllowWithoutPolicyLetsIn()
    {
        await using var host = await StartAsync(Credential(null), options: static options => options.SigV4.AllowWithoutPolicy = true);

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/who"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("aws:username", "ann", true)]
    [InlineData("aws:username", "bob", false)]
    [InlineData("aws:PrincipalArn", Ann, true)]
    [InlineData("aws:PrincipalAccount", "123456789012", true)]
    [InlineData("aws:PrincipalType", "User", true)]
    [InlineData("aws:userid", "AIDAANN", true)]
    [InlineData("aws:PrincipalOrgID", "o-1", true)]
    [InlineData("aws:PrincipalTag/TEAM", "blue", true)]
    [InlineData("aws:PrincipalTag/other", "blue", false)]
    [InlineData("aws:TokenIssueTime", "2026-01-01T00:00:00Z", false)]
    public async Task Conditions_OfTheCaller_HaveTheirValues(string key, string value, bool isAllowed)
    {
        var policy = $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*","Condition":{"StringEquals":{"{{{{key}}}}":"{{{{value}}}}"}}}]}""";
        await using var host = await StartAsync(Credential(policy));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/who"));

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Principal_NamedByTheResourcePolicy_IsTheCaller()
    {
        await using var host = await StartAsync(
            Credential(null), api: static api => api.Definition.Policy = Resource("Allow", $$"""{"AWS":"{{Ann}}"}"""));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/who"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Store_OfTheApplication_IsAskedOnceAndItsSessionNeedsTheToken()
    {
        var asked = 0;
        var credential = new SigV4Credential("ASIAIOSFODNN7EXAMPLE", Secret)
        {
            PrincipalArn = "arn:aws:sts::123456789012:assumed-role/app/session",
            PrincipalType = SigV4PrincipalType.AssumedRole,
            AccountId = "123456789012",
            SessionToken = "session-token",
            SessionExpiration = _time.GetUtcNow().AddMinutes(1),
            IdentityPolicies = [Allow()],
        };
        await using var host = await StartAsync(null, gateway: gateway => gateway.AddSigV4CredentialStore((id, _) =>
        {
            asked++;
            return new(id == credential.AccessKeyId ? credential : null);
        }));

        using var good = await SendAsync("session-token");
        using var wrong = await SendAsync("other");
        _time.Advance(TimeSpan.FromSeconds(61));
        using var late = await SendAsync("session-token");

        Assert.Equal("arn:aws:sts::123456789012:assumed-role/app/session|arn:aws:sts::123456789012:assumed-role/app/session|AWS_IAM|", await good.Content.ReadAsStringAsync());
        Assert.Equal("""{"message":"The security token included in the request is invalid."}""", await wrong.Content.ReadAsStringAsync());
        await Refusal.AssertAsync(
            late, HttpStatusCode.Forbidden, "ExpiredTokenException", """{"message":"The security token included in the request is expired"}""");
        Assert.Equal(2, asked);

        Task<HttpResponseMessage> SendAsync(string token) => host.Client.SendAsync(TestSigner.Sign(
            TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, "/dev/who"), credential.AccessKeyId, Secret, _time.GetUtcNow(), token: token));
    }

    [Fact]
    public async Task Store_Throws_500()
    {
        await using var host = await StartAsync(null, gateway: static gateway => gateway.AddSigV4CredentialStore(static (_, _) => throw new TimeoutException()));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/who"));

        await Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, "AuthorizerFailureException", """{"message":null}""");
    }

    [Fact]
    public async Task Backend_OverHttp_DoesNotSeeTheSignature()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(Credential(Allow()), api: api => api
            .Map("POST /signed", method => method.AuthorizeIam().HttpProxy(backend.Url))
            .Map("POST /open", method => method.HttpProxy(backend.Url)));

        using var signed = await host.Client.SendAsync(Signed(host, HttpMethod.Post, "/dev/signed", "text"));
        using var open = await host.SendAsync(HttpMethod.Post, "/dev/open", ("Authorization", "Basic eA=="));

        var first = await backend.NextAsync();
        Assert.Equal(("text", null), (first.Text, first["Authorization"]));
        Assert.NotNull(first["X-Amz-Date"]);
        Assert.Equal("Basic eA==", (await backend.NextAsync())["Authorization"]);
    }

    [Fact]
    public async Task Function_Event_HasTheIdentity()
    {
        await using var host = await StartAsync(
            Credential(Allow()),
            gateway: gateway => gateway.AddLambdaFunction("f", AuthorizedApi.Answering(_events, """{"statusCode":200,"body":"x"}""")),
            api: static api => api.Map("GET /function", static method => method.AuthorizeIam().LambdaProxy("f")));

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/function"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var context = AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext");
        var identity = context.GetProperty("identity");
        Assert.Equal(Id, identity.GetProperty("accessKey").GetString());
        Assert.Equal("123456789012", identity.GetProperty("accountId").GetString());
        Assert.Equal("AIDAANN", identity.GetProperty("caller").GetString());
        Assert.Equal("AIDAANN", identity.GetProperty("user").GetString());
        Assert.Equal(Ann, identity.GetProperty("userArn").GetString());
        Assert.Equal("o-1", identity.GetProperty("principalOrgId").GetString());
        Assert.False(context.TryGetProperty("authorizer", out _));
    }

    [Fact]
    public async Task Settings_Credentials_Work()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Settings = $$"""
                {
                  "Credentials": { "{{Id}}": { "SecretAccessKey": "{{Secret}}", "PrincipalArn": "{{Ann}}" } },
                  "SigV4": { "AllowWithoutPolicy": true },
                  "Apis": { "api": { "Stages": { "dev": {} }, "Routes": {
                    "GET /x": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 204}" } } } } } }
                }
                """,
        });

        using var response = await host.Client.SendAsync(Signed(host, HttpMethod.Get, "/dev/x"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static string Allow(string effect = "Allow") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-east-1:123456789012:api/dev/*"}]}""";

    private static string Resource(string effect, string principal) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":{{principal}},"Action":"execute-api:Invoke","Resource":"execute-api:/*"}]}""";

    private static SigV4Credential Credential(string? policy, string arn = Ann) => new(Id, Secret)
    {
        PrincipalArn = arn,
        UserId = "AIDAANN",
        UserName = "ann",
        OrgId = "o-1",
        PrincipalTags = new Dictionary<string, string> { ["team"] = "blue" },
        IdentityPolicies = policy is null ? [] : [policy],
    };

    private HttpRequestMessage Signed(TestHost host, HttpMethod method, string target, string? body = null)
    {
        var request = TestClient.Request(method, host.Client.BaseAddress!, target);
        request.Content = body is null ? null : new StringContent(body);
        return TestSigner.Sign(request, Id, Secret, _time.GetUtcNow(), body ?? "");
    }

    private Task<TestHost> StartAsync(
        SigV4Credential? credential, Action<IApiGatewayBuilder>? gateway = null, Action<RestApiBuilder>? api = null,
        Action<ApiGatewayOptions>? options = null, TimeProvider? time = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = time ?? _time,
            Gateway = builder =>
            {
                builder.Services.Configure<ApiGatewayOptions>(settings =>
                {
                    if (credential is not null)
                    {
                        settings.Credentials.Add(credential);
                    }

                    options?.Invoke(settings);
                });
                builder
                    .AddHandler("who", static async http =>
                    {
                        using var reader = new StreamReader(http.Request.Body);
                        var text = await reader.ReadToEndAsync();
                        var id = http.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;
                        await http.Response.WriteAsync($"{http.User.Identity?.Name}|{id}|{http.User.Identity?.AuthenticationType}|{text}");
                    })
                    .AddRestApi("api", definition =>
                    {
                        definition.Map("ANY /who", static method => method.AuthorizeIam().InProcess("who")).Stage("dev");
                        api?.Invoke(definition);
                    });
                gateway?.Invoke(builder);
            },
        });
}
