using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Connection;

/// <content>The loop beside the requests that connects, and finds out whether Redis answers.</content>
internal sealed partial class RedisConnection
{
    // An idle connection that broke without a word is noticed by one that sends something.
    private const int KeepAliveSeconds = 10;

    private static readonly TimeSpan WhileUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileDown = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loop;
    private Action? _whenUp;
    private Action? _whenSubscribedAgain;

    // The loop's own.
    private IConnectionMultiplexer? _multiplexer;
    private Task? _ping;
    private long _upSince;
    private Exception? _reason;

    /// <summary>Gets a task that ends when it is known, for the first time, whether Redis answers.</summary>
    public Task FirstAttempt => _firstAttempt.Task;

    /// <summary>Gets the connection, for subscriptions, or <see langword="null"/> as long as there was none.</summary>
    public IConnectionMultiplexer? Multiplexer => Volatile.Read(ref _multiplexer);

    /// <summary>Has <paramref name="handler"/> called, off the requests' way, when Redis answers for the first time or again, and now if it does.</summary>
    /// <param name="handler">May be called twice for one recovery. It must not throw or block.</param>
    public void WhenUp(Action handler)
    {
        lock (_gate)
        {
            _whenUp += handler;
        }

        if (IsUp)
        {
            handler();
        }
    }

    /// <summary>Has <paramref name="handler"/> called when the connection of subscriptions is there again: messages in between are lost.</summary>
    /// <param name="handler">It must not throw or block.</param>
    public void WhenSubscribedAgain(Action handler)
    {
        lock (_gate)
        {
            _whenSubscribedAgain += handler;
        }
    }

    /// <summary>Begins to connect, unless it has begun already.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _loop) is not null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_stopping.IsCancellationRequested)
            {
                _loop ??= RunAsync(_stopping.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? loop;
        lock (_gate)
        {
            _stopping.Cancel();
            loop = _loop;
        }

        Volatile.Write(ref _database, null);
        if (loop is not null)
        {
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CloseAsync();
        _stopping.Dispose();
    }

    private void Check() => Volatile.Read(ref _wake).TrySetResult();

    private async Task RunAsync(CancellationToken stopping)
    {
        // Names are resolved, and applications' factories may connect, before anything is awaited.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stopping.IsCancellationRequested)
        {
            // Before the check: what happens meanwhile makes the next one follow at once.
            var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _wake, wake);
            if (await AnswersAsync(stopping))
            {
                TurnUp();
            }
            else if (!stopping.IsCancellationRequested)
            {
                TurnDown(_reason is null ? "There is no connection." : $"{_reason.GetType().Name}.", _reason);
            }

            _firstAttempt.TrySetResult();
            var wasUp = IsUp;
            if (wasUp)
            {
                await wake.Task.WaitAsync(WhileUp, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            // One that answers checks but not calls must not go up and down without end.
            if (!IsUp && (!wasUp || _time.GetElapsedTime(_upSince) < WhileUp))
            {
                await Task.Delay(WhileDown, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken stopping)
    {
        try
        {
            _reason = null;
            var multiplexer = _multiplexer ?? await ConnectAsync();
            if (!multiplexer.IsConnected)
            {
                _ping = null;
                return false;
            }

            // One that hangs gets no second: they would pile up.
            _ping ??= multiplexer.GetDatabase().PingAsync();
            await _ping.WaitAsync(Timeout, _time, stopping);
            _ping = null;
            return true;
        }
        catch (Exception exception)
        {
            if (_ping is { } ping && (ping.IsCompleted || exception is not TimeoutException))
            {
                Forget(ping);
                _ping = null;
            }

            _reason = exception;
            return false;
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        IConnectionMultiplexer multiplexer;
        if (_source.Get is { } get)
        {
            multiplexer = get();
        }
        else
        {
            var options = ConfigurationOptions.Parse(_configuration!);
            if (!_configuration!.Contains("keepAlive", StringComparison.OrdinalIgnoreCase))
            {
                options.KeepAlive = KeepAliveSeconds;
            }

            // The loop tries again; one that never connected is better made anew.
            options.AbortOnConnectFail = true;
            var own = await ConnectionMultiplexer.ConnectAsync(options);

            // Answers need not wait for each other's continuations.
            own.PreserveAsyncOrder = false;
            multiplexer = own;
        }

        multiplexer.ConnectionFailed += OnFailed;
        multiplexer.ConnectionRestored += OnRestored;
        Volatile.Write(ref _multiplexer, multiplexer);
        return multiplexer;
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs failure) => Check();

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (restored.ConnectionType is ConnectionType.Subscription)
        {
            _whenSubscribedAgain?.Invoke();
        }

        Check();
    }

    private void TurnUp()
    {
        if (IsUp)
        {
            return;
        }

        Volatile.Write(ref _timeouts, 0);
        _upSince = _time.GetTimestamp();
        Volatile.Write(ref _database, _multiplexer!.GetDatabase());
        _metrics.Turned(isUp: true);
        RedisLog.RedisUp(_logger);
        _whenUp?.Invoke();
    }

    private void TurnDown(string reason, Exception? exception)
    {
        // Told once per outage, the first attempt included.
        if (Interlocked.Exchange(ref _database, null) is not null || !_firstAttempt.Task.IsCompleted)
        {
            _metrics.Turned(isUp: false);
            RedisLog.RedisDown(_logger, reason, exception);
        }
    }

    private async Task CloseAsync()
    {
        if (_multiplexer is not { } multiplexer)
        {
            return;
        }

        multiplexer.ConnectionFailed -= OnFailed;
        multiplexer.ConnectionRestored -= OnRestored;
        if (_source.IsGiven)
        {
            return;
        }

        var closing = multiplexer.CloseAsync(allowCommandsToComplete: false);
        await closing.WaitAsync(ClosingTime, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Forget(closing);
    }
}
