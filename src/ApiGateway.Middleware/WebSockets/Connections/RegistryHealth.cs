using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Tells once that the registry cannot be asked, however many connections it is asked for, and once that it can again.</summary>
/// <param name="logger">Is told.</param>
internal sealed class RegistryHealth(ILogger<RegistryHealth> logger)
{
    private int _isOut;

    /// <summary>Gets whether the registry could not be asked lately.</summary>
    public bool IsOut => Volatile.Read(ref _isOut) != 0;

    /// <summary>The registry could not be asked.</summary>
    public void Failed(Exception exception)
    {
        if (Interlocked.Exchange(ref _isOut, 1) == 0)
        {
            Log.RegistryFailed(logger, exception);
        }
    }

    /// <summary>The registry has answered all that it was asked.</summary>
    public void Answered()
    {
        if (IsOut && Interlocked.Exchange(ref _isOut, 0) != 0)
        {
            Log.RegistryBack(logger);
        }
    }
}
