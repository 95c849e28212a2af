using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Writes to the log what happens to key sets.</summary>
internal sealed class JwksEventLog(ILogger logger) : IJwksEvents
{
    public void Failed(string issuer, bool hasKeys, Exception exception)
    {
        if (hasKeys)
        {
            Log.JwksStale(logger, issuer, exception);
        }
        else
        {
            Log.JwksUnavailable(logger, issuer, exception);
        }
    }

    public void Dropped(string issuer, IReadOnlyList<string> reasons)
    {
        if (logger.IsEnabled(LogLevel.Warning))
        {
            Log.JwksKeysDropped(logger, issuer, string.Join("; ", reasons));
        }
    }
}
