using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Ends connections that are idle or too old, and all of them when the application stops.</summary>
/// <remarks>One timer for all connections, which runs only while there are any.</remarks>
internal sealed class ConnectionClock(ConnectionHost host, ConnectionLimits limits, TimeProvider time, IHostApplicationLifetime? lifetime = null)
    : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private CancellationTokenRegistration _stopping;
    private ITimer? _timer;
    private Task _drained = Task.CompletedTask;
    private bool _isArmed;

    public void Start()
    {
        host.Opened = Arm;

        // Before the server stops: it waits for its requests, and each connection is one.
        _stopping = lifetime?.ApplicationStopping.Register(() => _drained = DrainAsync()) ?? default;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _drained.WaitAsync(cancellationToken).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
    }

    private async Task DrainAsync()
    {
        var ended = host.DrainAsync();
        try
        {
            await ended.WaitAsync(limits.DrainTimeout, time);
        }
        catch (TimeoutException)
        {
            foreach (var connection in host.Open)
            {
                connection.Abort();
            }

            await ended;
        }
    }

    private void Arm()
    {
        lock (_gate)
        {
            if (_isArmed)
            {
                return;
            }

            _isArmed = true;
            _timer ??= time.CreateTimer(static clock => ((ConnectionClock)clock!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var connection in host.Open)
        {
            if (!connection.IsEnding
                && (now - connection.LastActiveAt >= limits.IdleTimeout || now - connection.Client.ConnectedAt >= limits.MaxLifetime))
            {
                host.End(connection, CloseReason.GoingAway);
            }
        }

        lock (_gate)
        {
            _isArmed = false;
        }

        // One that is opened in between arms it itself.
        if (host.Count > 0)
        {
            Arm();
        }
    }
}
