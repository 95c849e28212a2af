using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connections;
using ApiGateway.Middleware.Redis.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

public sealed class RedisNodeChannelTests : IAsyncLifetime
{
    private static readonly NodeCommand Command = new("id", NodeCommandKind.Post, "x"u8.ToArray());

    private RedisServer? _server;
    private RedisClient? _one;
    private RedisClient? _other;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RedisNodeChannel One => _one!.Services.GetRequiredService<RedisNodeChannel>();

    private RedisNodeChannel Other => _other!.Services.GetRequiredService<RedisNodeChannel>();

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _one = await RedisClient.ConnectAsync(_server);
        _other = await RedisClient.ConnectAsync(_server);
        await One.ListenAsync("one", static (_, _) => new(ConnectionOutcome.Failed), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _one!.DisposeAsync();
        await _other!.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Send_EachOutcome_ComesBack()
    {
        ConnectionOutcome[] outcomes = [ConnectionOutcome.Delivered, ConnectionOutcome.Gone, ConnectionOutcome.TooLarge, ConnectionOutcome.Limited, ConnectionOutcome.Failed];
        var told = new Queue<ConnectionOutcome>(outcomes);
        await Other.ListenAsync("other", (_, _) => new(told.Dequeue()), Token);

        foreach (var outcome in outcomes)
        {
            Assert.Equal(outcome, await One.SendAsync("other", Command, Wait.Limit, Token));
        }
    }

    [Fact]
    public async Task Send_NobodyListens_FailsAtOnce()
    {
        // It would wait longer than the test may.
        var outcome = await One.SendAsync("nobody", Command, TimeSpan.FromHours(1), Token).InTime();

        Assert.Equal(ConnectionOutcome.Failed, outcome);
    }

    [Fact]
    public async Task Send_TheOtherThrows_Fails()
    {
        await Other.ListenAsync("other", static (_, _) => throw new InvalidOperationException("no"), Token);

        Assert.Equal(ConnectionOutcome.Failed, await One.SendAsync("other", Command, Wait.Limit, Token));
    }

    [Fact]
    public async Task Send_TheOtherTakesTooLong_FailsAndForgetsTheCommand()
    {
        var release = new TaskCompletionSource<ConnectionOutcome>();
        var executed = 0;
        await Other.ListenAsync(
            "other", (_, _) => Interlocked.Increment(ref executed) == 1 ? new(release.Task) : new(ConnectionOutcome.Gone), Token);

        var first = await One.SendAsync("other", Command, TimeSpan.FromMilliseconds(50), Token);
        release.SetResult(ConnectionOutcome.Delivered);

        // The late outcome is nobody else's.
        Assert.Equal(ConnectionOutcome.Failed, first);
        Assert.Equal(ConnectionOutcome.Gone, await One.SendAsync("other", Command, Wait.Limit, Token));
        Assert.Equal(2, executed);
    }

    [Fact]
    public async Task Send_CallerGivesUp_IsCancelled()
    {
        var begun = new TaskCompletionSource();
        await Other.ListenAsync(
            "other",
            async (_, cancellationToken) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return ConnectionOutcome.Delivered;
            },
            Token);
        using var caller = new CancellationTokenSource();

        var sending = One.SendAsync("other", Command, Wait.Limit, caller.Token).AsTask();
        await begun.Task.InTime();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.InTime());
    }

    [Fact]
    public async Task Send_ManyAtOnce_EachHasItsOwnOutcome()
    {
        await Other.ListenAsync(
            "other", static (command, _) => new(command.Message.Span[0] % 2 == 0 ? ConnectionOutcome.Delivered : ConnectionOutcome.Gone), Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            i => Task.Run(async () => await One.SendAsync("other", Command with { Message = new[] { (byte)i } }, Wait.Limit, Token))));

        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal((byte)i % 2 == 0 ? ConnectionOutcome.Delivered : ConnectionOutcome.Gone, outcomes[i]);
        }
    }

    [Fact]
    public async Task Hear_WhatIsNoMessage_IsPassedOver()
    {
        await Other.ListenAsync("other", static (_, _) => new(ConnectionOutcome.Delivered), Token);

        var receivers = await _server!.CommandAsync($"PUBLISH {_one!.Connection.KeyPrefix}gw:ws:other nonsense");

        Assert.Equal(":1", receivers);
        Assert.Equal(ConnectionOutcome.Delivered, await One.SendAsync("other", Command, Wait.Limit, Token));
    }

    [Fact]
    public async Task Send_IdLongerThanAnyIs_Fails() =>
        Assert.Equal(ConnectionOutcome.Failed, await One.SendAsync("other", Command with { ConnectionId = new string('x', 256) }, Wait.Limit, Token));
}
