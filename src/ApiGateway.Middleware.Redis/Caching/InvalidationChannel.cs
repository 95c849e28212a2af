using ApiGateway.Middleware.Redis.Connection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Tells the other hosts what was replaced, removed and flushed, hears it from them, and knows whether it would hear.</summary>
/// <remarks>
/// Messages that are sent while a host does not listen are lost to it. So a host sends itself an echo: only when that has come back is it sure to
/// listen, and what it heard before that may have gaps.
/// </remarks>
internal sealed class InvalidationChannel : IDisposable
{
    private static readonly TimeSpan EchoLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileListening = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromMilliseconds(200);

    // A subscription is there a moment after the connection is.
    private const int FailuresUntilTold = 5;

    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private readonly RedisChannel _channel;
    private readonly ILogger<InvalidationChannel> _logger;
    private readonly Guid _self = Guid.NewGuid();
    private readonly Lock _echoGate = new();
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<Invalidation>? _heard;
    private Action? _listensAgain;
    private IConnectionMultiplexer? _subscribed;
    private (long Number, TaskCompletionSource Back)? _echo;
    private long _echoes;
    private int _isListening;

    public InvalidationChannel(RedisConnection connection, TimeProvider time, ILogger<InvalidationChannel> logger)
    {
        _logger = logger;
        _connection = connection;
        _time = time;
        _channel = new RedisChannel($"{connection.KeyPrefix}gw:cache", RedisChannel.PatternMode.Literal);
    }

    /// <summary>Gets whether messages of others arrive.</summary>
    public bool IsListening => Volatile.Read(ref _isListening) != 0;

    /// <summary>Begins to listen, now or as soon as Redis is there.</summary>
    /// <param name="heard">Called for each message of another host; must not throw or block.</param>
    /// <param name="listensAgain">Called when messages arrive again, or for the first time; those before are lost.</param>
    public void Start(Action<Invalidation> heard, Action listensAgain)
    {
        _heard = heard;
        _listensAgain = listensAgain;
        _connection.WhenSubscribedAgain(Deafen);
        _connection.WhenUp(Check);
        _connection.Start();
        _ = RunAsync(_stopping.Token);
    }

    /// <summary>Tells the others. Nobody waits: one that is lost is made good when the hosts listen again.</summary>
    public void Tell(InvalidationKind kind, string stage, CacheEntryId entry = default)
    {
        if (_connection.IsUp)
        {
            _ = SendAsync(new(kind, _self, stage, entry, 0)).AsTask();
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();

        // The application's connection lives on.
        if (Volatile.Read(ref _subscribed) is { IsConnected: true } multiplexer)
        {
            RedisConnection.Forget(multiplexer.GetSubscriber().UnsubscribeAsync(_channel, Hear));
        }
    }

    private ValueTask<RedisReply<long>> SendAsync(Invalidation message) => _connection.AskAsync(
        (_channel, Message: message.Write()), static (database, argument) => database.PublishAsync(argument._channel, argument.Message));

    private void Check() => Volatile.Read(ref _wake).TrySetResult();

    private void Deafen()
    {
        Volatile.Write(ref _isListening, 0);
        Check();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _wake, wake);
            var listens = await ListensAsync(stopping);
            failures = listens || !_connection.IsUp ? 0 : failures + 1;
            if (!listens)
            {
                Volatile.Write(ref _isListening, 0);
                if (failures == FailuresUntilTold)
                {
                    RedisLog.NotListening(_logger);
                }
            }
            else if (Interlocked.Exchange(ref _isListening, 1) == 0)
            {
                _listensAgain!();
            }

            await wake.Task.WaitAsync(listens ? WhileListening : WhileDeaf, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ListensAsync(CancellationToken stopping)
    {
        if (!_connection.IsUp || _connection.Multiplexer is not { } multiplexer)
        {
            return false;
        }

        try
        {
            if (!ReferenceEquals(_subscribed, multiplexer))
            {
                // Once: the connection subscribes again by itself.
                var subscribing = multiplexer.GetSubscriber().SubscribeAsync(_channel, Hear);
                Volatile.Write(ref _subscribed, multiplexer);
                await subscribing.WaitAsync(EchoLimit, _time, stopping);
            }

            var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var number = ++_echoes;
            lock (_echoGate)
            {
                _echo = (number, back);
            }

            if (!(await SendAsync(new(InvalidationKind.Echo, _self, "", default, number))).IsAnswered)
            {
                return false;
            }

            await back.Task.WaitAsync(EchoLimit, _time, stopping);
            return true;
        }
        catch (Exception)
        {
            // Not connected, not allowed, no echo in time: all of them mean that messages may be missing.
            return false;
        }
    }

    private void Hear(RedisChannel channel, RedisValue message)
    {
        if (!Invalidation.TryRead((byte[]?)message, out var invalidation))
        {
            return;
        }

        if (invalidation.Kind is not InvalidationKind.Echo)
        {
            if (invalidation.Sender != _self)
            {
                _heard!(invalidation);
            }

            return;
        }

        lock (_echoGate)
        {
            if (invalidation.Sender == _self && _echo is { } echo && echo.Number == invalidation.Number)
            {
                echo.Back.TrySetResult();
            }
        }
    }
}
