using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>Connects when the host starts. Waits a moment, so that the first requests find Redis; a server that is away delays nothing else.</summary>
internal sealed class RedisConnectionStarter(RedisConnection connection, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        connection.Start();
        await connection.FirstAttempt.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Requests may still be under way: the container closes the connection with itself.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
