using System.Buffers;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Contracts;

/// <summary>What every store of cached answers does. Uses the public API only, so that other test projects can take the file.</summary>
public abstract class ResponseCacheStoreContract
{
    private protected static readonly ResponseCachePartition Prod = new("orders", "prod", 64 << 20);

    private static readonly ResponseCachePartition Test = new("orders", "test", 64 << 20);
    private static readonly ResponseCachePartition Other = new("shop", "prod", 64 << 20);

    // Not all of them are valid UTF-16: keys hold lengths as characters, too.
    private static readonly (string Key, string Other)[] DifferentKeys =
    [
        ("a", "A"), ("a", ""), ("a", "a "), ("a", "a\0"), ("\uD800", "\uDBFF"), ("\uFFFD", "\uD800"), ("ab", "a:b"), ("\u00E9", "e\u0301"),
        (new string('x', 4096), new string('x', 4097)),
    ];

    /// <summary>Gets how long answers last in tests of expiry.</summary>
    private protected virtual TimeSpan Lifetime => TimeSpan.FromSeconds(10);

    /// <summary>Gets what time it is for the store.</summary>
    private protected abstract DateTimeOffset Now { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Unknown_FindsNothing()
    {
        var store = await CreateAsync();

        Assert.Null(await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Get_Known_GivesTheAnswer()
    {
        var store = await CreateAsync();
        var bytes = Enumerable.Range(0, 1000).Select(static i => (byte)i).ToArray();
        var stored = new CachedResponse(
            404,
            [new("Content-Type", "text/plain; charset=utf-8"), new("X-Lines", new StringValues(["a", "b"])), new("X-Empty", "")],
            bytes, Now - TimeSpan.FromSeconds(1), Now + TimeSpan.FromMinutes(1), Now + TimeSpan.FromMinutes(2));

        var kept = await store.SetAsync(Prod, "k", stored, Token);
        var found = await store.GetAsync(Prod, "k", Token);

        Assert.True(kept);
        AssertSame(stored, found);
    }

    [Fact]
    public async Task Get_EmptyBodyWithoutHeaders_GivesTheAnswer()
    {
        var store = await CreateAsync();
        var stored = new CachedResponse(204, [], default, Now, Now + TimeSpan.FromMinutes(1), Now + TimeSpan.FromMinutes(1));

        await store.SetAsync(Prod, "k", stored, Token);

        AssertSame(stored, await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Get_EncryptedAnswer_KeepsItEncrypted()
    {
        var store = await CreateAsync();
        var stored = new CachedResponse(0, [], new byte[] { 1, 2, 3 }, Now, Now + TimeSpan.FromMinutes(1), Now + TimeSpan.FromMinutes(1), isEncrypted: true);

        await store.SetAsync(Prod, "k", stored, Token);

        AssertSame(stored, await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Get_LongestBody_GivesTheAnswer()
    {
        var store = await CreateAsync();
        var body = new byte[CachedResponse.MaxBodyBytes];
        new Random(7).NextBytes(body);
        var stored = new CachedResponse(200, [], body, Now, Now + TimeSpan.FromMinutes(1), Now + TimeSpan.FromMinutes(1));

        await store.SetAsync(Prod, "k", stored, Token);

        AssertSame(stored, await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Get_OtherKey_FindsNothing()
    {
        foreach (var (key, other) in DifferentKeys)
        {
            var store = await CreateAsync();

            await store.SetAsync(Prod, key, Answer("a"), Token);

            Assert.Null(await store.GetAsync(Prod, other, Token));
            Assert.NotNull(await store.GetAsync(Prod, key, Token));
        }
    }

    [Fact]
    public async Task Get_OtherStageOrApi_FindsNothing()
    {
        var store = await CreateAsync();

        await store.SetAsync(Prod, "k", Answer("a"), Token);

        Assert.Null(await store.GetAsync(Test, "k", Token));
        Assert.Null(await store.GetAsync(Other, "k", Token));
    }

    [Fact]
    public async Task Get_KeyInAReusedBuffer_ReadsItDuringTheCallAlone()
    {
        var store = await CreateAsync();
        var buffer = "key-a".ToCharArray();

        var setting = store.SetAsync(Prod, buffer, Answer("a"), Token);
        "key-b".CopyTo(buffer);
        await setting;

        Assert.NotNull(await store.GetAsync(Prod, "key-a", Token));
        Assert.Null(await store.GetAsync(Prod, "key-b", Token));
    }

    [Fact]
    public async Task Set_Again_Replaces()
    {
        var store = await CreateAsync();

        await store.SetAsync(Prod, "k", Answer("a"), Token);
        await store.SetAsync(Prod, "k", Answer("b"), Token);

        Assert.Equal("b", TextOf(await store.GetAsync(Prod, "k", Token)));
    }

    [Fact]
    public async Task Get_StaleButKept_GivesTheAnswer()
    {
        var store = await CreateAsync();

        await store.SetAsync(
            Prod, "k", new CachedResponse(200, [], default, Now - Lifetime, Now - TimeSpan.FromMilliseconds(1), Now + TimeSpan.FromMinutes(1)), Token);

        Assert.NotNull(await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Get_NoLongerKept_FindsNothing()
    {
        var store = await CreateAsync();
        await store.SetAsync(Prod, "k", Answer("a", Lifetime), Token);
        await store.SetAsync(Prod, "long", Answer("a", TimeSpan.FromHours(1)), Token);

        await ElapseAsync(Lifetime);

        Assert.Null(await store.GetAsync(Prod, "k", Token));
        Assert.NotNull(await store.GetAsync(Prod, "long", Token));
    }

    [Fact]
    public async Task Set_AlreadyOver_KeepsNothing_AndForgetsTheOld()
    {
        var store = await CreateAsync();
        await store.SetAsync(Prod, "k", Answer("a"), Token);

        var kept = await store.SetAsync(Prod, "k", Answer("b", -TimeSpan.FromSeconds(1)), Token);

        Assert.False(kept);
        Assert.Null(await store.GetAsync(Prod, "k", Token));
    }

    [Fact]
    public async Task Remove_OneAnswer_LeavesTheOthers()
    {
        var store = await CreateAsync();
        await store.SetAsync(Prod, "k", Answer("a"), Token);
        await store.SetAsync(Prod, "l", Answer("a"), Token);
        await store.SetAsync(Test, "k", Answer("a"), Token);

        await store.RemoveAsync(Prod, "k", Token);
        await store.RemoveAsync(Prod, "unknown", Token);

        Assert.Null(await store.GetAsync(Prod, "k", Token));
        Assert.NotNull(await store.GetAsync(Prod, "l", Token));
        Assert.NotNull(await store.GetAsync(Test, "k", Token));
    }

    [Fact]
    public async Task Flush_Stage_LeavesOtherStagesAndApis()
    {
        var store = await CreateAsync();
        for (var i = 0; i < 100; i++)
        {
            await store.SetAsync(Prod, $"k{i}", Answer("a"), Token);
        }

        await store.SetAsync(Test, "k1", Answer("a"), Token);
        await store.SetAsync(Other, "k1", Answer("a"), Token);

        await store.FlushAsync(Prod, Token);

        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await store.GetAsync(Prod, $"k{i}", Token));
        }

        Assert.NotNull(await store.GetAsync(Test, "k1", Token));
        Assert.NotNull(await store.GetAsync(Other, "k1", Token));
    }

    [Fact]
    public async Task Flush_ThenSet_KeepsTheNewAnswer()
    {
        var store = await CreateAsync();
        await store.SetAsync(Prod, "k", Answer("a"), Token);

        await store.FlushAsync(Prod, Token);
        await store.SetAsync(Prod, "k", Answer("b"), Token);

        Assert.Equal("b", TextOf(await store.GetAsync(Prod, "k", Token)));
    }

    [Fact]
    public async Task Parallel_ManyKeys_NeverMixesAnswers()
    {
        var store = await CreateAsync();

        await Parallel.ForAsync(0, 2_000, Token, async (i, token) =>
        {
            var key = $"k{i % 50}";
            await store.SetAsync(Prod, key, Answer(key), token);
            if (await store.GetAsync(Prod, key, token) is { } found)
            {
                Assert.Equal(key, TextOf(found));
            }
        });
    }

    /// <summary>Makes an empty store.</summary>
    private protected abstract ValueTask<IResponseCacheStore> CreateAsync();

    /// <summary>Lets time pass for the store.</summary>
    private protected abstract Task ElapseAsync(TimeSpan time);

    private protected CachedResponse Answer(string body, TimeSpan? lifetime = null)
    {
        var end = Now + (lifetime ?? TimeSpan.FromMinutes(1));
        return new CachedResponse(200, [new("Content-Type", "text/plain")], System.Text.Encoding.UTF8.GetBytes(body), Now, end, end);
    }

    private protected static string? TextOf(CachedResponse? response) =>
        response is null ? null : System.Text.Encoding.UTF8.GetString(response.Body.Span);

    private static void AssertSame(CachedResponse expected, CachedResponse? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(BytesOf(expected), BytesOf(actual));
    }

    private static byte[] BytesOf(CachedResponse response)
    {
        var bytes = new ArrayBufferWriter<byte>();
        response.WriteTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
