using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Requests that the AWS SDK for .NET has signed, over a real connection.</summary>
public sealed class SdkSignatureTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Allow = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}]}""";

    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string, string?, string?, string?> Requests => new()
    {
        { "GET", null, null, null },
        { "GET", "a b", "a=1", null },
        { "GET", "ä$@:!'()*,;=/?%2F+", "filter=id eq 1&empty=&u=ö/ä?&q=!'()*,;=$@:", null },
        { "POST", null, "b=2&a=1&A=3", """{"sku":"chair","note":"é"}""" },
        { "DELETE", "1", "x=%2F+", null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Header_SignedByTheSdk_Holds(string method, string? id, string? query, string? body)
    {
        await using var host = await StartAsync();
        var request = Request(host, method, id, query, body);

        using var good = await host.Client.SendAsync(SdkSigner.Sign(request, Id, Secret, _time.GetUtcNow()));
        using var forged = await host.Client.SendAsync(SdkSigner.Sign(request, Id, Secret.Replace('w', 'v'), _time.GetUtcNow()));

        Assert.Equal($"ann {method} {body}", await good.Content.ReadAsStringAsync());
        Assert.Equal("InvalidSignatureException", forged.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.OK)]
    [InlineData("method", HttpStatusCode.Forbidden)]
    [InlineData("path", HttpStatusCode.Forbidden)]
    [InlineData("query", HttpStatusCode.Forbidden)]
    [InlineData("header", HttpStatusCode.Forbidden)]
    [InlineData("body", HttpStatusCode.Forbidden)]
    public async Task Header_ChangedAfterTheSdkSigned_IsRefused(string part, HttpStatusCode status)
    {
        await using var host = await StartAsync();
        using var message = SdkSigner.Sign(Request(host, "POST", "one", "a=1", "text"), Id, Secret, _time.GetUtcNow());

        Change(message, part);
        using var response = await host.Client.SendAsync(message);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, (await response.Content.ReadAsStringAsync()).StartsWith("ann ", StringComparison.Ordinal));
    }

    // The SDK signs such addresses for requests without a body.
    [Theory]
    [InlineData("GET", null, null)]
    [InlineData("GET", "ä$@:!'()*,;=/?%2F+", "filter=id eq 1&empty=&u=ö/ä?")]
    [InlineData("DELETE", "a b", "x=%2F+")]
    public async Task Query_SignedByTheSdk_HoldsUntilItExpires(string method, string? id, string? query)
    {
        await using var host = await StartAsync();
        var request = Request(host, method, id, query, body: null);
        var (first, second) = (SdkSigner.Presign(request, Id, Secret, _time.GetUtcNow(), 60), SdkSigner.Presign(request, Id, Secret, _time.GetUtcNow(), 60));

        _time.Advance(TimeSpan.FromSeconds(60));
        using var good = await host.Client.SendAsync(first);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var late = await host.Client.SendAsync(second);

        Assert.Equal($"ann {method} ", await good.Content.ReadAsStringAsync());
        Assert.StartsWith("{\"message\":\"Signature expired: ", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    [Fact]
    public async Task Header_OfASession_NeedsItsToken()
    {
        await using var host = await StartAsync("the-token");
        var request = Request(host, "GET", null, null, null);

        using var good = await host.Client.SendAsync(SdkSigner.Sign(request, Id, Secret, _time.GetUtcNow(), "the-token"));
        using var wrong = await host.Client.SendAsync(SdkSigner.Sign(request, Id, Secret, _time.GetUtcNow(), "another"));
        using var none = await host.Client.SendAsync(SdkSigner.Sign(request, Id, Secret, _time.GetUtcNow()));

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("UnrecognizedClientException", wrong.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("UnrecognizedClientException", none.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    // One byte each, to what is as good as before but for the signature.
    private static void Change(HttpRequestMessage message, string part)
    {
        var uri = message.RequestUri!.AbsoluteUri;
        switch (part)
        {
            case "method":
                message.Method = HttpMethod.Put;
                break;
            case "path":
                message.RequestUri = new Uri(uri.Replace("/one", "/onf", StringComparison.Ordinal));
                break;
            case "query":
                message.RequestUri = new Uri(uri.Replace("a=1", "a=2", StringComparison.Ordinal));
                break;
            case "header":
                var date = message.Headers.GetValues("X-Amz-Date").Single();
                message.Headers.Remove("X-Amz-Date");
                message.Headers.Add("X-Amz-Date", date.Replace("Z", "", StringComparison.Ordinal)[..^1] + (date[^2] == '0' ? "1Z" : "0Z"));
                break;
            case "body":
                var content = new ByteArrayContent("texu"u8.ToArray());
                content.Headers.ContentType = message.Content!.Headers.ContentType;
                message.Content = content;
                break;
        }
    }

    private static SdkRequest Request(TestHost host, string method, string? id, string? query, string? body) =>
        new(method, host.Client.BaseAddress!, id)
        {
            Body = body,
            Query = (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1]),
        };

    private Task<TestHost> StartAsync(string? token = null) => TestHost.StartAsync(new TestHostSetup
    {
        Time = _time,
        Gateway = gateway =>
        {
            gateway.Services.Configure<ApiGatewayOptions>(options => options.Credentials.Add(new SigV4Credential(Id, Secret)
            {
                PrincipalArn = "arn:aws:iam::123456789012:user/ann",
                UserName = "ann",
                SessionToken = token,
                IdentityPolicies = [Allow],
            }));
            gateway
                .AddHandler("who", static async http =>
                {
                    using var reader = new StreamReader(http.Request.Body);
                    await http.Response.WriteAsync($"{http.User.Identity?.Name} {http.Request.Method} {await reader.ReadToEndAsync()}");
                })
                .AddRestApi("api", static api => api
                    .Map("ANY /orders", static method => method.AuthorizeIam().InProcess("who"))
                    .Map("ANY /orders/{proxy+}", static method => method.AuthorizeIam().InProcess("who"))
                    .Stage("dev"));
        },
    });
}
