using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What is done beside the requests, every second: this host is counted, Redis is told what it missed, idle leases are given back.</summary>
internal sealed class ThrottleUpkeep(HostCount hosts, ThrottleFallback fallback, IThrottleStore store, ScriptRunner runner, TimeProvider time)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Of another store, if the application has chosen one.
    private readonly LeasedThrottleStore? _leased = store as LeasedThrottleStore;
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = RunAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (runner.IsUp)
        {
            await ReturnAsync(isAll: true);
            await hosts.LeaveAsync();
        }
    }

    /// <summary>Does it once.</summary>
    public async ValueTask DoAsync()
    {
        if (runner.IsUp)
        {
            await hosts.BeatAsync();
            await ReturnAsync(isAll: false);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async ValueTask ReturnAsync(bool isAll)
    {
        if (_leased is not null)
        {
            await _leased.ReturnIdleAsync(isAll);
        }

        await fallback.TellAllAsync();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await DoAsync();
            await Task.Delay(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
