using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

public sealed class JwksCacheTests : IDisposable
{
    private const string Empty = """{"keys":[]}""";

    private readonly Issuer _issuer = new();
    private readonly KeyServer _server = new();
    private readonly ManualTimeProvider _time = new();
    private readonly JwksCache _cache;

    public JwksCacheTests()
    {
        _cache = new JwksCache(
            new JwtIssuerPlan { Issuer = "https://issuer.example", JwksUri = new Uri("https://issuer.example/keys") }, _server, new JwtOptions(), _time, _server);
        _server.Serve(_issuer.Jwks());
    }

    [Fact]
    public async Task Find_Often_FetchesOnce()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        }

        Assert.Equal(1, _server.Fetches);
    }

    [Fact]
    public async Task Find_ManyAtOnce_FetchOnceAndOutliveTheFirst()
    {
        var answer = new TaskCompletionSource<JwksDocument>();
        _server.Answer = (_, _) => answer.Task;
        using var gone = new CancellationTokenSource();
        var first = _cache.FindAsync("rsa-1", gone.Token).AsTask();
        var others = Enumerable.Range(0, 50).Select(_ => FindAsync("rsa-1")).ToList();

        await gone.CancelAsync();
        answer.SetResult(KeyServer.Document(_issuer.Jwks()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(await Task.WhenAll(others), failure => Assert.Equal(JwtFailure.None, failure));
        Assert.Equal(1, _server.Fetches);
    }

    [Fact]
    public async Task Find_AtFourFifthsOfTheTtl_RefreshesWithoutWaiting()
    {
        await FindAsync("rsa-1");
        _time.Advance(TimeSpan.FromMinutes(48) - TimeSpan.FromTicks(1));
        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        Assert.Equal(1, _server.Fetches);
        var asked = new TaskCompletionSource();
        _server.Answer = (_, cancellationToken) =>
        {
            asked.SetResult();
            return Never(cancellationToken);
        };

        _time.Advance(TimeSpan.FromTicks(1));
        var found = _cache.FindAsync("rsa-1", default);

        Assert.True(found.IsCompletedSuccessfully);
        await asked.Task;
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task Find_DuringAnOutage_UsesOldKeysForADayAndNoLonger()
    {
        await FindAsync("rsa-1");
        _server.Fail();

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        Assert.Equal(2, _server.Fetches);
        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        Assert.Equal(2, _server.Fetches);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(JwtFailure.KeysUnavailable, await FindAsync("rsa-1"));

        _server.Serve(_issuer.Jwks());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
    }

    [Fact]
    public async Task Find_NothingThereYet_AsksAgainAfterTwoSeconds()
    {
        _server.Fail();
        Assert.Equal(JwtFailure.KeysUnavailable, await FindAsync("rsa-1"));
        Assert.Equal(JwtFailure.KeysUnavailable, await FindAsync("rsa-1"));
        Assert.Equal(1, _server.Fetches);

        _server.Serve(_issuer.Jwks());
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
    }

    [Fact]
    public async Task Find_RotatedKey_IsFetchedWhenItsIdArrives()
    {
        await FindAsync("rsa-1");
        _issuer.RsaKid = "rsa-2";
        _server.Serve(_issuer.Jwks());

        Assert.Equal(JwtFailure.None, await FindAsync("rsa-2"));
        Assert.Equal(JwtFailure.UnknownKid, await FindAsync("rsa-1"));
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task Find_UnknownIds_FetchOnceInAMinute()
    {
        await FindAsync("rsa-1");
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 2_000; i++)
            {
                Assert.Equal(JwtFailure.UnknownKid, await FindAsync($"{minute}-{i}"));
            }

            _time.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(4, _server.Fetches);
    }

    [Fact]
    public async Task Find_UnknownIdWhileTheServerIsSlow_WaitsTwoSecondsAndNoLonger()
    {
        await FindAsync("rsa-1");
        var asked = new TaskCompletionSource();
        _server.Answer = (_, cancellationToken) =>
        {
            asked.SetResult();
            return Never(cancellationToken);
        };

        var waiting = FindAsync("rsa-9");
        await asked.Task;
        Assert.False(waiting.IsCompleted);
        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(JwtFailure.UnknownKid, await waiting);
    }

    [Theory]
    [InlineData(Empty)]
    [InlineData("""{"keys":[{"kty":"oct","k":"AAAA","kid":"x"}]}""")]
    [InlineData("""{"keys":7}""")]
    [InlineData("not json")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    public async Task Find_SetWithoutUsableKey_DoesNotReplaceAGoodOne(string document)
    {
        await FindAsync("rsa-1");
        _server.Serve(document);

        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(JwtFailure.None, await FindAsync("rsa-1"));
        Assert.Equal(1, _server.Failures);
    }

    [Theory]
    [InlineData(null, 3600)]
    [InlineData(7200, 3600)]
    [InlineData(600, 600)]
    [InlineData(0, 60)]
    public async Task Find_CacheControl_OnlyShortensTheTtl(int? maxAge, int ttl)
    {
        _server.Serve(_issuer.Jwks(), maxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        await FindAsync("rsa-1");
        _issuer.RsaKid = "rsa-2";
        _server.Serve(_issuer.Jwks());

        _time.Advance(TimeSpan.FromSeconds(ttl));

        Assert.Equal(JwtFailure.UnknownKid, await FindAsync("rsa-1"));
    }

    [Fact]
    public async Task Find_ServerNeverAnswers_GivesUp()
    {
        var asked = new TaskCompletionSource();
        _server.Answer = (_, cancellationToken) =>
        {
            asked.SetResult();
            return Never(cancellationToken);
        };
        var waiting = FindAsync("rsa-1");
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(JwtFailure.KeysUnavailable, await waiting);
    }

    [Fact]
    public async Task Find_KeyThatStays_IsTheSameObject()
    {
        var before = (await _cache.FindAsync("rsa-1", default)).Key!;
        var leaving = (await _cache.FindAsync("ec-1", default)).Key!;
        _server.Serve($$"""{"keys":[{{_issuer.RsaJwk()}}]}""");

        _time.Advance(TimeSpan.FromMinutes(60));
        var after = (await _cache.FindAsync("rsa-1", default)).Key!;

        Assert.Same(before, after);
        Assert.False(before.IsRetired);
        Assert.True(leaving.IsRetired);
    }

    [Fact]
    public async Task Find_IssuerWithoutAddressOfItsKeys_IsDiscovered()
    {
        var asked = new List<string>();
        _server.Answer = (uri, _) =>
        {
            asked.Add(uri.AbsoluteUri);
            return Task.FromResult(KeyServer.Document(uri.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? """{"issuer":"https://issuer.example/t/","jwks_uri":"https://keys.example/k"}"""
                : _issuer.Jwks()));
        };
        var cache = new JwksCache(new JwtIssuerPlan { Issuer = "https://issuer.example/t/" }, _server, new JwtOptions(), _time, _server);

        Assert.Equal(JwtFailure.None, (await cache.FindAsync("rsa-1", default)).Failure);
        Assert.Equal(["https://issuer.example/t/.well-known/openid-configuration", "https://keys.example/k"], asked);
    }

    [Theory]
    [InlineData("""{"issuer":"https://attacker.example","jwks_uri":"https://keys.example/k"}""")]
    [InlineData("""{"jwks_uri":"https://keys.example/k"}""")]
    [InlineData("""{"issuer":"https://issuer.example"}""")]
    [InlineData("""{"issuer":"https://issuer.example","jwks_uri":"/k"}""")]
    [InlineData("[]")]
    public async Task Find_DiscoveryOfAnotherForm_GivesNoKeys(string document)
    {
        _server.Serve(document);
        var cache = new JwksCache(new JwtIssuerPlan { Issuer = "https://issuer.example" }, _server, new JwtOptions(), _time, _server);

        Assert.Equal(JwtFailure.KeysUnavailable, (await cache.FindAsync("rsa-1", default)).Failure);
        Assert.Equal(1, _server.Fetches);
    }

    public void Dispose() => _issuer.Dispose();

    private static async Task<JwksDocument> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("The time is over.");
    }

    private async Task<JwtFailure> FindAsync(string kid) => (await _cache.FindAsync(kid, CancellationToken.None)).Failure;
}
