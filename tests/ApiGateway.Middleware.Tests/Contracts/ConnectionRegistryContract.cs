using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.Contracts;

/// <summary>What every registry of connections does. Uses the public API only, so that other test projects can take the file.</summary>
public abstract class ConnectionRegistryContract
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_WhatWasAdded_IsEqual()
    {
        var registry = await CreateAsync();
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

        await registry.AddAsync(entry, Token);

        Assert.Equivalent(entry, await registry.FindAsync("id", Token));
        Assert.Null(await registry.FindAsync("other", Token));
    }

    [Fact]
    public async Task Add_Again_ReplacesTheEntry()
    {
        var registry = await CreateAsync();
        await registry.AddAsync(Entry("id", "node"), Token);

        await registry.AddAsync(Entry("id", "other"), Token);

        Assert.Equal("other", (await registry.FindAsync("id", Token))?.NodeId);
        Assert.False(await registry.RemoveAsync("id", "node", "node", Token));
        Assert.True(await registry.RemoveAsync("id", "other", "other", Token));
    }

    [Fact]
    public async Task Touch_ManyAndOneThatIsUnknown_ThoseThatAreKnownAreTold()
    {
        var registry = await CreateAsync();
        var at = Entry("", "").ConnectedAt.AddSeconds(5);
        var ids = Enumerable.Range(0, 1_200).Select(static i => $"id{i}").ToList();
        foreach (var id in ids)
        {
            await registry.AddAsync(Entry(id, "node"), Token);
        }

        await registry.TouchAsync([.. ids.Append("unknown").Select(id => new ConnectionActivity(id, at))], Token);

        foreach (var id in ids)
        {
            Assert.Equal(at, (await registry.FindAsync(id, Token))?.LastActiveAt);
        }

        Assert.Null(await registry.FindAsync("unknown", Token));
    }

    [Fact]
    public async Task Remove_ByManyNodes_OneIsTold()
    {
        var registry = await CreateAsync();
        await registry.AddAsync(Entry("id", "node"), Token);

        var foreign = await registry.RemoveAsync("id", "other", "other", Token);
        var results = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(async () => await registry.RemoveAsync("id", "node", $"remover{i}", Token))));

        Assert.False(foreign);
        Assert.Single(results, static result => result);
        Assert.Null(await registry.FindAsync("id", Token));
    }

    [Fact]
    public async Task Remove_WhatIsUnknown_NobodyIsTold()
    {
        var registry = await CreateAsync();

        Assert.False(await registry.RemoveAsync("id", "node", "node", Token));
    }

    [Fact]
    public async Task Remove_WhileOthersAddAndTouch_LeavesNothing()
    {
        var registry = await CreateAsync();
        await Parallel.ForAsync(0, 200, Token, async (i, token) =>
        {
            var entry = Entry($"id{i}", "node");
            await registry.AddAsync(entry, token);
            var touching = registry.TouchAsync([new(entry.ConnectionId, entry.ConnectedAt.AddSeconds(1))], token).AsTask();
            Assert.True(await registry.RemoveAsync(entry.ConnectionId, "node", "node", token));
            await touching;
        });

        for (var i = 0; i < 200; i++)
        {
            Assert.Null(await registry.FindAsync($"id{i}", Token));
        }
    }

    private protected static ConnectionEntry Entry(string id, string node)
    {
        // Whole milliseconds: what a registry keeps.
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

    /// <summary>Makes the registry of a test, empty.</summary>
    private protected abstract ValueTask<IConnectionRegistry> CreateAsync();
}
