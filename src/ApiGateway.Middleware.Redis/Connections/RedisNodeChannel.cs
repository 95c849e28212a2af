using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Connections;

/// <summary>Takes commands to other nodes: one message there, one back with the outcome. Nothing is sent twice, and nothing polls.</summary>
internal sealed class RedisNodeChannel(RedisConnection connection, TimeProvider time) : INodeChannel, IDisposable
{
    private const int MaxPending = 100_000;
    private const int LongestName = 255;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<ConnectionOutcome>> _pending = [];
    private readonly CancellationTokenSource _stopping = new();
    private Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>>? _execute;
    private IConnectionMultiplexer? _subscribed;
    private string _self = "";
    private long _last;
    private bool _isCluster;
    private int _isDisposed;

    public async ValueTask ListenAsync(
        string nodeId, Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>> execute, CancellationToken cancellationToken)
    {
        (_self, _execute) = (nodeId, execute);
        connection.Start();
        await connection.FirstAttempt.WaitAsync(FirstWait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!connection.IsUp || connection.Multiplexer is not { } multiplexer)
        {
            throw new IOException("Redis is away: commands of other nodes do not arrive yet.");
        }

        // Once: the connection subscribes again by itself.
        await multiplexer.GetSubscriber().SubscribeAsync(ChannelOf(nodeId), Hear).WaitAsync(connection.Timeout + TimeSpan.FromSeconds(1), time, cancellationToken);
        _subscribed = multiplexer;
        _isCluster = multiplexer.GetEndPoints().Any(place => multiplexer.GetServer(place).ServerType == ServerType.Cluster);
    }

    public async ValueTask<ConnectionOutcome> SendAsync(string nodeId, NodeCommand command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_pending.Count >= MaxPending || command.ConnectionId.Length > LongestName)
        {
            return ConnectionOutcome.Failed;
        }

        var number = Interlocked.Increment(ref _last);
        var outcome = new TaskCompletionSource<ConnectionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[number] = outcome;
        try
        {
            var reply = await connection.AskAsync(
                (Channel: ChannelOf(nodeId), Message: NodeMessage.WriteCommand(number, _self, command)),
                static (database, argument) => database.PublishAsync(argument.Channel, argument.Message));

            // Nobody listens there: the node is gone. A cluster counts the listeners of one server only, and one command that was sent too
            // slowly may still be answered.
            if (reply.IsAnswered ? reply.Value == 0 && !_isCluster : reply.Fault != RedisFault.Timeout)
            {
                return ConnectionOutcome.Failed;
            }

            return await outcome.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return ConnectionOutcome.Failed;
        }
        finally
        {
            _pending.TryRemove(number, out _);
        }
    }

    public void Dispose()
    {
        // The container knows this object by two of its types, and may end it twice.
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _stopping.Cancel();
        _stopping.Dispose();

        // The application's connection lives on.
        if (_subscribed is { IsConnected: true } multiplexer)
        {
            RedisConnection.Forget(multiplexer.GetSubscriber().UnsubscribeAsync(ChannelOf(_self), Hear));
        }
    }

    private RedisChannel ChannelOf(string nodeId) => new($"{connection.KeyPrefix}gw:ws:{nodeId}", RedisChannel.PatternMode.Literal);

    private void Hear(RedisChannel channel, RedisValue value)
    {
        if (!NodeMessage.TryRead(value, out var message))
        {
            return;
        }

        if (message.Sender is null)
        {
            if (_pending.TryGetValue(message.Number, out var outcome))
            {
                outcome.TrySetResult(message.Outcome);
            }

            return;
        }

        _ = ExecuteAsync(message);
    }

    private async Task ExecuteAsync(NodeMessage message)
    {
        ConnectionOutcome outcome;
        try
        {
            outcome = await _execute!(message.Command, _stopping.Token);
        }
        catch (Exception)
        {
            outcome = ConnectionOutcome.Failed;
        }

        await connection.AskAsync(
            (Channel: ChannelOf(message.Sender!), Message: NodeMessage.WriteOutcome(message.Number, outcome)),
            static (database, argument) => database.PublishAsync(argument.Channel, argument.Message));
    }
}
