using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connections;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

public sealed class RedisConnectionRegistryTests : ConnectionRegistryContract, IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private RedisServer? _server;
    private RedisClient? _client;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _client = await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Remove_ByTheSameNodeAgain_IsToldTheSame()
    {
        var registry = await CreateAsync();
        await registry.AddAsync(Entry("id", "node"), Token);

        bool[] told =
        [
            await registry.RemoveAsync("id", "node", "one", Token), await registry.RemoveAsync("id", "node", "one", Token),
            await registry.RemoveAsync("id", "node", "node", Token),
        ];

        Assert.Equal([true, true, false], told);
    }

    [Fact]
    public async Task Beat_AfterAllDataIsLost_IsUnknownOnce()
    {
        var registry = await CreateAsync();
        NodeState[] before = [await registry.BeatAsync("one", Token), await registry.BeatAsync("one", Token)];

        await _server!.CommandAsync("FLUSHALL");
        NodeState[] after = [await registry.BeatAsync("one", Token), await registry.BeatAsync("one", Token)];

        Assert.Equal([NodeState.Unknown, NodeState.Known], before);
        Assert.Equal([NodeState.Unknown, NodeState.Known], after);
    }

    [Fact]
    public async Task Beat_AnswerWasLost_TheNodeLearnsOfItsReplacementAllTheSame()
    {
        var registry = await CreateAsync();
        await using var second = await ConnectAsync();
        var again = second.Services.GetRequiredService<RedisConnectionRegistry>();
        await registry.BeatAsync("dead", Token);
        await registry.AddAsync(Entry("a", "dead"), Token);
        await OrphansAsync(registry, "one", Silence);

        // The first one's answer is as good as lost for the second, which has not seen it.
        var lost = await registry.BeatAsync("dead", Token);
        var state = await again.BeatAsync("dead", Token);

        Assert.Equal((NodeState.Replaced, NodeState.Replaced, NodeState.Known), (lost, state, await again.BeatAsync("dead", Token)));
    }

    [Fact]
    public async Task Orphans_AskedForBeforeAPauseOfTheServer_AreNone()
    {
        var registry = await CreateAsync();
        await registry.AddAsync(Entry("a", "alive"), Token);
        var last = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(async () =>
        {
            await registry.BeatAsync("alive", Token);
            await registry.BeatAsync("one", Token);
            return TimeProvider.System.GetElapsedTime(last) > 2 * Silence;
        });

        _server!.Freeze();
        var asking = registry.FindOrphansAsync("one", Silence, Lease, 10, Token).AsTask();

        // By the server's clock, which goes on.
        await Task.Delay(2 * Silence, Token);
        _server.Thaw();

        Assert.Empty(await asking.InTime());
        Assert.Equal(NodeState.Known, await registry.BeatAsync("alive", Token));
    }

    [Fact]
    public async Task Orphans_ManyAskAtOnce_OneHasThem()
    {
        var registry = await CreateAsync();
        await registry.BeatAsync("dead", Token);
        await registry.AddAsync(Entry("a", "dead"), Token);
        string[] askers = [.. Enumerable.Range(0, 8).Select(static i => $"asker{i}")];
        var started = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(async () =>
        {
            foreach (var asker in askers)
            {
                await registry.BeatAsync(asker, Token);
            }

            return TimeProvider.System.GetElapsedTime(started) > 2 * Silence;
        });

        var found = await Task.WhenAll(askers.Select(
            asker => Task.Run(async () => (await registry.FindOrphansAsync(asker, Silence, Lease, 10, Token)).Count)));

        Assert.Equal(1, found.Sum());
    }

    [Fact]
    public async Task Orphans_OfASilentNode_AreGivenToOneAndTheNodeLearnsIt()
    {
        var registry = await CreateAsync();
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("dead", Token));
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("one", Token));
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("other", Token));
        await registry.AddAsync(Entry("a", "dead"), Token);
        await registry.AddAsync(Entry("b", "dead"), Token);
        Assert.Empty(await registry.FindOrphansAsync("one", Silence, Lease, 10, Token));

        IReadOnlyList<ConnectionEntry> orphans = [];
        await Wait.UntilAsync(async () =>
        {
            Assert.Equal(NodeState.Known, await registry.BeatAsync("one", Token));
            Assert.Equal(NodeState.Known, await registry.BeatAsync("other", Token));
            orphans = await registry.FindOrphansAsync("one", Silence, Lease, 10, Token);
            return orphans.Count > 0;
        });
        var ofOther = await registry.FindOrphansAsync("other", Silence, Lease, 10, Token);

        Assert.Equal(["a", "b"], orphans.Select(static orphan => orphan.ConnectionId).Order(StringComparer.Ordinal));
        Assert.Empty(ofOther);
        Assert.Equal(NodeState.Replaced, await registry.BeatAsync("dead", Token));
        Assert.Equal(NodeState.Known, await registry.BeatAsync("dead", Token));
    }

    [Fact]
    public async Task Orphans_OfANodeThatLeft_AreThereAtOnce()
    {
        var registry = await CreateAsync();
        await registry.BeatAsync("left", Token);
        await registry.AddAsync(Entry("a", "left"), Token);
        await registry.LeaveAsync("left", Token);

        var orphans = await OrphansAsync(registry, "one", TimeSpan.FromMilliseconds(20));

        Assert.Equal("a", Assert.Single(orphans).ConnectionId);
    }

    [Fact]
    public async Task Entry_Expired_IsForgotten()
    {
        var registry = await CreateAsync();
        await registry.AddAsync(Entry("a", "node") with { ExpiresAt = DateTimeOffset.UtcNow.AddMilliseconds(50) }, Token);

        await Wait.UntilAsync(async () => await registry.FindAsync("a", Token) is null);
    }

    private protected override ValueTask<IConnectionRegistry> CreateAsync() => new(_client!.Services.GetRequiredService<RedisConnectionRegistry>());

    // Beats until it is given some.
    private static async Task<IReadOnlyList<ConnectionEntry>> OrphansAsync(IConnectionRegistry registry, string asker, TimeSpan silence)
    {
        IReadOnlyList<ConnectionEntry> orphans = [];
        await Wait.UntilAsync(async () =>
        {
            await registry.BeatAsync(asker, Token);
            orphans = await registry.FindOrphansAsync(asker, silence, Lease, 10, Token);
            return orphans.Count > 0;
        });
        return orphans;
    }

    // A node that beats every 100 ms has been silent after 250.
    private Task<RedisClient> ConnectAsync() => RedisClient.ConnectAsync(
        _server!, services: static services => services.Configure<ApiGatewayOptions>(
            static options => options.WebSockets.HeartbeatInterval = TimeSpan.FromMilliseconds(100)));
}
