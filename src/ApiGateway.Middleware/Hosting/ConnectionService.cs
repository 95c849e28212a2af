using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Starts and stops what looks after connections. It is made when the host starts, since the options have been validated by then.</summary>
/// <param name="services">The application's services.</param>
internal sealed class ConnectionService(IServiceProvider services) : IHostedService
{
    private ConnectionClock? _clock;
    private ConnectionUpkeep? _upkeep;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _clock = services.GetRequiredService<ConnectionClock>();
        _upkeep = services.GetRequiredService<ConnectionUpkeep>();
        _clock.Start();
        await _upkeep.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // The registry is needed until the last connection has ended.
        if (_clock is not null)
        {
            await _clock.StopAsync(cancellationToken);
        }

        if (_upkeep is not null)
        {
            await _upkeep.StopAsync(cancellationToken);
        }
    }
}
