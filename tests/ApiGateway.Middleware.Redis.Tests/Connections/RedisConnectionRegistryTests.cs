using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connections;
using ApiGateway.Middleware.Redis.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

public sealed class RedisConnectionRegistryTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Find_WhatWasAdded_IsEqual()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var registry = client.Services.GetRequiredService<RedisConnectionRegistry>();
        var entry = Entry("id", "node") with
        {
            SourceIp = "::1",
            UserAgent = "a \"b\" é",
            ApiKeyId = "key",
            PrincipalId = "ann",
            AuthorizerLatency = 7,
            AuthorizerContext = new Dictionary<string, string> { ["a"] = "1" },
            Identity = new Dictionary<string, string> { ["userArn"] = "arn" },
        };

        await registry.AddAsync(entry, default);
        await registry.TouchAsync([new("id", entry.ConnectedAt.AddSeconds(5)), new("other", entry.ConnectedAt)], default);
        var found = await registry.FindAsync("id", default);

        Assert.Equivalent(entry with { LastActiveAt = entry.ConnectedAt.AddSeconds(5) }, found);
        Assert.Null(await registry.FindAsync("other", default));
    }

    [Fact]
    public async Task Remove_ByMany_OneIsTold()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var registry = client.Services.GetRequiredService<RedisConnectionRegistry>();
        await registry.AddAsync(Entry("id", "node"), default);

        var foreign = await registry.RemoveAsync("id", "other", default);
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await registry.RemoveAsync("id", "node", default))));

        Assert.False(foreign);
        Assert.Single(results, static result => result);
        Assert.Null(await registry.FindAsync("id", default));
    }

    [Fact]
    public async Task Orphans_OfASilentNode_AreGivenToOneAndTheNodeLearnsIt()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var registry = client.Services.GetRequiredService<RedisConnectionRegistry>();
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("dead", default));
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("one", default));
        Assert.Equal(NodeState.Unknown, await registry.BeatAsync("other", default));
        await registry.AddAsync(Entry("a", "dead"), default);
        await registry.AddAsync(Entry("b", "dead"), default);
        Assert.Empty(await registry.FindOrphansAsync("one", Silence, TimeSpan.FromMinutes(1), 10, default));

        IReadOnlyList<ConnectionEntry> orphans = [];
        await Wait.UntilAsync(async () =>
        {
            Assert.Equal(NodeState.Known, await registry.BeatAsync("one", default));
            Assert.Equal(NodeState.Known, await registry.BeatAsync("other", default));
            orphans = await registry.FindOrphansAsync("one", Silence, TimeSpan.FromMinutes(1), 10, default);
            return orphans.Count > 0;
        });
        var ofOther = await registry.FindOrphansAsync("other", Silence, TimeSpan.FromMinutes(1), 10, default);

        Assert.Equal(["a", "b"], orphans.Select(static orphan => orphan.ConnectionId).Order(StringComparer.Ordinal));
        Assert.Empty(ofOther);
        Assert.Equal(NodeState.Replaced, await registry.BeatAsync("dead", default));
        Assert.Equal(NodeState.Known, await registry.BeatAsync("dead", default));
    }

    [Fact]
    public async Task Orphans_OfANodeThatLeft_AreThereAtOnce()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var registry = client.Services.GetRequiredService<RedisConnectionRegistry>();
        await registry.BeatAsync("left", default);
        await registry.AddAsync(Entry("a", "left"), default);
        await registry.BeatAsync("one", default);
        await registry.LeaveAsync("left", default);

        await Wait.UntilAsync(async () =>
            (await registry.FindOrphansAsync("one", TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1), 10, default)).Count == 1);
    }

    [Fact]
    public async Task Entry_Expired_IsForgotten()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var registry = client.Services.GetRequiredService<RedisConnectionRegistry>();
        await registry.AddAsync(Entry("a", "node") with { ExpiresAt = DateTimeOffset.UtcNow.AddMilliseconds(50) }, default);

        await Wait.UntilAsync(async () => await registry.FindAsync("a", default) is null);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 200, 1 })]
    [InlineData(new byte[] { 1, 7, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 })]
    public void NodeMessage_OfAnotherVersionOrBroken_IsNotRead(byte[] bytes) => Assert.False(NodeMessage.TryRead(bytes, out _));

    [Fact]
    public void NodeMessage_Written_IsReadAgain()
    {
        var bytes = NodeMessage.WriteCommand(7, "node", new NodeCommand("id", NodeCommandKind.Post, "héllo"u8.ToArray()));

        Assert.True(NodeMessage.TryRead(bytes, out var command));
        Assert.True(NodeMessage.TryRead(NodeMessage.WriteOutcome(8, ConnectionOutcome.Limited), out var outcome));
        Assert.Equal((7, "node", "id", NodeCommandKind.Post), (command.Number, command.Sender, command.Command.ConnectionId, command.Command.Kind));
        Assert.Equal("héllo"u8.ToArray(), command.Command.Message.ToArray());
        Assert.Equal((8, null, ConnectionOutcome.Limited), (outcome.Number, outcome.Sender, outcome.Outcome));
    }

    private static ConnectionEntry Entry(string id, string node)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return new ConnectionEntry
        {
            ConnectionId = id,
            NodeId = node,
            ApiId = "chat",
            Stage = "prod",
            DomainName = "localhost:1",
            ConnectedAt = now,
            LastActiveAt = now,
            ExpiresAt = now.AddHours(2),
        };
    }
}
