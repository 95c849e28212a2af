using System.Globalization;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>How many hosts share the limits. Each tells Redis every second that it is there; who is silent is forgotten.</summary>
internal sealed class HostCount(ScriptRunner runner, ThrottleScripts scripts)
{
    private const int ForgottenAfterSeconds = 4;

    private readonly RedisKey[] _key = [$"{runner.KeyPrefix}{{gw}}:hosts"];
    private readonly string _id = Guid.NewGuid().ToString("N");
    private int _hosts = 1;

    /// <summary>Gets the number that was last known; this host included, so at least 1.</summary>
    public int Last => Volatile.Read(ref _hosts);

    public ValueTask BeatAsync() => TellAsync(ForgottenAfterSeconds);

    public ValueTask LeaveAsync() => TellAsync(0);

    private async ValueTask TellAsync(int seconds)
    {
        var reply = await runner.RunAsync(new ScriptCall(scripts.Hosts, _key, [_id, seconds.ToString(CultureInfo.InvariantCulture)]));
        if (reply.IsAnswered)
        {
            Volatile.Write(ref _hosts, Math.Max(1, (int)reply.Value));
        }
    }
}
