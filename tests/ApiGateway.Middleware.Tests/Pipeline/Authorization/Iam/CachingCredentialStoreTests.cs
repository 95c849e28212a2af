using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

public sealed class CachingCredentialStoreTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("known", 60)]
    [InlineData("unknown", 5)]
    public async Task Find_Again_AsksOnlyAfterItsTime(string id, int seconds)
    {
        var store = Store(new SigV4Options());
        await store.FindAsync(id, default);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await store.FindAsync(id, default);
        Assert.Single(_asked);
        _time.Advance(TimeSpan.FromTicks(1));
        await store.FindAsync(id, default);

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Find_MoreIdsThanRoom_KeepsThoseThatAreUsed()
    {
        var store = Store(new SigV4Options { CredentialCacheSize = 4 });
        foreach (var id in (string[])["a", "b", "c", "d", "a", "e", "a"])
        {
            await store.FindAsync(id, default);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], _asked);
    }

    [Fact]
    public async Task Find_ManyAtOnce_AsksOnceAndOutlivesTheFirstCaller()
    {
        var answer = new TaskCompletionSource<SigV4Credential?>();
        var asked = 0;
        var store = new CachingCredentialStore(
            new DelegateSigV4CredentialStore((_, _) =>
            {
                asked++;
                return new(answer.Task);
            }),
            new SigV4Options(),
            _time);
        using var gone = new CancellationTokenSource();
        var first = store.FindAsync("id", gone.Token).AsTask();
        var others = Enumerable.Range(0, 20).Select(_ => store.FindAsync("id", default).AsTask()).ToList();

        await gone.CancelAsync();
        var credential = new SigV4Credential("id", "secret");
        answer.SetResult(credential);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(await Task.WhenAll(others), found => Assert.Same(credential, found));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Find_StoreFails_IsNotRemembered()
    {
        var fails = true;
        var store = new CachingCredentialStore(
            new DelegateSigV4CredentialStore((id, _) => fails ? throw new InvalidOperationException("down") : new(new SigV4Credential(id, "s"))),
            new SigV4Options(),
            _time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.FindAsync("id", default).AsTask());
        fails = false;

        Assert.NotNull(await store.FindAsync("id", default));
    }

    private CachingCredentialStore Store(SigV4Options options) => new(
        new DelegateSigV4CredentialStore((id, _) =>
        {
            _asked.Add(id);
            return new(id == "unknown" ? null : new SigV4Credential(id, "secret"));
        }),
        options,
        _time);
}
