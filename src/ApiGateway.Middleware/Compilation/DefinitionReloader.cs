using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Publishes the first definition before the server accepts anything, and later ones when a provider signals a change.</summary>
internal sealed class DefinitionReloader(
    DefinitionPublisher publisher, SnapshotSource source, TimeProvider time, ILogger<DefinitionReloader> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>Editors and deployments write files in several strokes; one reload follows the last of them.</summary>
    /// <remarks>
    /// .NET reads a configuration file 250 ms after each stroke, one after the other, and empties the provider while it reads. The
    /// gateway's own 250 ms start when the next of these readings would be due; else it could find no settings at all.
    /// </remarks>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250 + 250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _subscriptions = [];
    private ITimer? _timer;

    /// <exception cref="DefinitionException">The definition has errors.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(
            static state => _ = ((DefinitionReloader)state!).ReloadAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Before the first load, so that no change falls between the two.
        foreach (var provider in publisher.Providers)
        {
            _subscriptions.Add(ChangeToken.OnChange(
                provider.GetReloadToken, () => _timer.Change(Quiet, Timeout.InfiniteTimeSpan)));
        }

        var errors = await publisher.PublishAsync(cancellationToken);
        if (errors.Count > 0)
        {
            throw new DefinitionException(errors);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Stop();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        Stop();
        _stopping.Dispose();
    }

    private async Task ReloadAsync()
    {
        try
        {
            await publisher.PublishAsync(_stopping.Token);
        }
        catch (Exception exception)
        {
            // The host is stopping, or something unforeseen: either way the running definition stays.
            if (!_stopping.IsCancellationRequested)
            {
                Log.ReloadFailed(logger, exception, source.Current.Revision);
            }
        }
    }

    private void Stop()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        _subscriptions.Clear();
        _timer?.Dispose();
        _stopping.Cancel();
    }
}
