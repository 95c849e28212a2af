using ApiGateway.Middleware.Redis.Connection;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>Runs scripts within the time that a request may wait.</summary>
internal sealed class ScriptRunner(RedisConnection connection)
{
    private bool _isCluster;

    /// <summary>Gets whether keys of several callers cannot be in one call. Found out by the server's refusal.</summary>
    public bool IsCluster => Volatile.Read(ref _isCluster);

    public string KeyPrefix => connection.KeyPrefix;

    public bool IsUp => connection.IsUp;

    /// <summary>Sends a script. Who awaits the answer hands it to <see cref="AgainAsync"/> if it <see cref="IsUnknown"/>.</summary>
    public ValueTask<RedisReply<RedisResult>> SendAsync(ScriptCall call) => connection.AskAsync(call, ScriptCall.Send);

    /// <summary>Says whether the server does not know the script: it was restarted, or was told to forget.</summary>
    public static bool IsUnknown(in RedisReply<RedisResult> reply) =>
        reply.Fault == RedisFault.Error && reply.Error is RedisServerException error && error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);

    public async ValueTask<RedisReply<RedisResult>> AgainAsync(ScriptCall call) => Look(await connection.AskAsync(call, ScriptCall.SendText));

    /// <summary>Notices that the server is a cluster.</summary>
    public RedisReply<RedisResult> Look(in RedisReply<RedisResult> reply)
    {
        if (reply.Error is { } error && IsOfCluster(error))
        {
            Volatile.Write(ref _isCluster, true);
        }

        return reply;
    }

    public async ValueTask<RedisReply<RedisResult>> RunAsync(ScriptCall call)
    {
        var reply = await SendAsync(call);
        return reply.IsAnswered ? reply : IsUnknown(reply) ? await AgainAsync(call) : Look(reply);
    }

    // The server says CROSSSLOT; a client that knows the cluster's slots says it before it sends anything.
    private static bool IsOfCluster(Exception error) =>
        error.Message.StartsWith("CROSSSLOT", StringComparison.Ordinal)
        || (error is RedisCommandException && error.Message.Contains("slot", StringComparison.OrdinalIgnoreCase));
}
