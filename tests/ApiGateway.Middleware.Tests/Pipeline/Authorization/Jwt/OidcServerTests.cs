using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>Keys over a real connection, from a server on the loopback address.</summary>
public sealed class OidcServerTests : IAsyncLifetime
{
    private const int MaxBytes = 256 * 1024;

    private readonly Issuer _keys = new();
    private readonly ManualTimeProvider _time = new();
    private WebApplication _app = null!;
    private string _issuer = "";
    private Func<HttpContext, Task>? _answer;
    private int _fetches;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(http =>
        {
            Interlocked.Increment(ref _fetches);
            return _answer is not null ? _answer(http)
                : http.Request.Path == "/.well-known/openid-configuration"
                ? http.Response.WriteAsync($$"""{"issuer":"{{_issuer}}","jwks_uri":"{{_issuer}}/keys"}""")
                : http.Response.WriteAsync(_keys.Jwks());
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _issuer = _app.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _keys.Dispose();
    }

    [Fact]
    public async Task Validate_TokenOfTheServer_Passes()
    {
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });
        var validator = Validator(fetcher);

        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task Validate_KeyIsRotated_PassesWithTheNewOneOnly()
    {
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });
        var validator = Validator(fetcher);
        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
        var old = Token();

        _keys.RsaKid = "rsa-2";

        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
        Assert.Equal(JwtFailure.UnknownKid, (await validator.ValidateAsync(old, [], default)).Failure);
    }

    [Fact]
    public async Task Validate_ServerGoesDown_GoesOnWithOldKeys()
    {
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });
        var validator = Validator(fetcher);
        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
        _answer = static http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(JwtFailure.None, await FailureAsync(validator));
    }

    [Fact]
    public async Task Fetch_WithoutAllowance_RefusesPlainHttp()
    {
        using var fetcher = new HttpJwksFetcher(new JwtOptions());

        await Assert.ThrowsAsync<HttpRequestException>(() => fetcher.FetchAsync(new Uri(_issuer + "/keys"), true, MaxBytes, default));
        Assert.Equal(0, _fetches);
    }

    [Theory]
    [InlineData("max-age=120", 120)]
    [InlineData("no-store", 0)]
    [InlineData("no-cache, max-age=120", 0)]
    [InlineData("public", null)]
    public async Task Fetch_CacheControl_IsRead(string value, int? seconds)
    {
        _answer = http =>
        {
            http.Response.Headers.CacheControl = value;
            return http.Response.WriteAsync("{}");
        };
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });

        var document = await fetcher.FetchAsync(new Uri(_issuer), true, MaxBytes, default);

        Assert.Equal(seconds, (int?)document.MaxAge?.TotalSeconds);
    }

    [Fact]
    public async Task Fetch_Redirect_IsNotFollowed()
    {
        _answer = http =>
        {
            http.Response.Redirect(_issuer + "/elsewhere");
            return Task.CompletedTask;
        };
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => fetcher.FetchAsync(new Uri(_issuer), true, MaxBytes, default));
        Assert.Equal(1, _fetches);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_DocumentOverTheLimit_IsRefused(bool tellsLength)
    {
        _answer = async http =>
        {
            var bytes = new byte[(256 * 1024) + 1];
            http.Response.ContentLength = tellsLength ? bytes.Length : null;
            await http.Response.Body.WriteAsync(bytes);
        };
        using var fetcher = new HttpJwksFetcher(new JwtOptions { AllowInsecureJwks = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => fetcher.FetchAsync(new Uri(_issuer), true, MaxBytes, default));
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/keys")]
    [InlineData("https://169.254.169.254/keys")]
    [InlineData("https://[::1]:1/keys")]
    [InlineData("https://[::ffff:127.0.0.1]:1/keys")]
    [InlineData("https://localhost:1/keys")]
    public async Task Fetch_AddressThatWasLearned_MustBePublic(string address)
    {
        using var fetcher = new HttpJwksFetcher(new JwtOptions());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => fetcher.FetchAsync(new Uri(address), isConfigured: false, MaxBytes, default));

        Assert.Contains("no address that may be called", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://issuer.example/keys", false, true)]
    [InlineData("http://issuer.example/keys", true, false)]
    [InlineData("http://localhost:8080/keys", true, true)]
    [InlineData("http://127.0.0.1/keys", true, true)]
    [InlineData("http://[::1]/keys", true, true)]
    [InlineData("http://127.0.0.1/keys", false, false)]
    [InlineData("http://127.0.0.1.attacker.example/keys", true, false)]
    [InlineData("https://user:secret@issuer.example/keys", false, false)]
    [InlineData("file:///etc/passwd", true, false)]
    public void IsAllowed_Address_IsHttpsOrLoopback(string address, bool allowsInsecure, bool isAllowed) =>
        Assert.Equal(isAllowed, JwtIssuerPlan.IsKeyAddress(new Uri(address), allowsInsecure));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:0a00:0001::", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void PublicAddress_EachRange_IsInsideOrOutside(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    private async Task<JwtFailure> FailureAsync(JwtValidator validator) => (await validator.ValidateAsync(Token(), [], default)).Failure;

    private string Token()
    {
        var claims = Issuer.IdClaims(_time.GetUtcNow());
        claims["iss"] = _issuer;
        return _keys.Rs256(claims);
    }

    private JwtValidator Validator(HttpJwksFetcher fetcher)
    {
        var plan = new JwtPlan { Profile = JwtProfile.Rest, Issuers = [new JwtIssuerPlan { Issuer = _issuer, Audiences = ["client-1"] }] };
        return new JwtValidator(plan, new JwksProvider(fetcher, new JwtOptions(), _time, new KeyServer()).For, 100, _time);
    }
}
