using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>A script with its keys and arguments.</summary>
internal sealed class ScriptCall(RedisScript script, RedisKey[] keys, RedisValue[] values)
{
    public RedisScript Script { get; } = script;

    public RedisKey[] Keys { get; } = keys;

    public RedisValue[] Values { get; } = values;

    /// <summary>Gets what was sent last. It may end after nobody waits any more.</summary>
    public Task<RedisResult>? Sent { get; private set; }

    /// <summary>Waits for an answer that nobody has waited for, however late it comes.</summary>
    /// <returns>The answer, or <see langword="null"/> if Redis has not run the script, or has lost what it did.</returns>
    public async Task<byte[]?> SettleAsync()
    {
        try
        {
            return Sent is null ? null : (byte[]?)await Sent;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a script that the server has seen before.</summary>
    public static Task<RedisResult> Send(IDatabase database, ScriptCall call) =>
        call.Sent = database.ScriptEvaluateAsync(call.Script.Hash, call.Keys, call.Values);

    /// <summary>Runs a script that the server has not, and has it remember the script.</summary>
    public static Task<RedisResult> SendText(IDatabase database, ScriptCall call)
    {
        var arguments = new object[2 + call.Keys.Length + call.Values.Length];
        arguments[0] = call.Script.Text;
        arguments[1] = call.Keys.Length;
        for (var i = 0; i < call.Keys.Length; i++)
        {
            arguments[2 + i] = call.Keys[i];
        }

        for (var i = 0; i < call.Values.Length; i++)
        {
            arguments[2 + call.Keys.Length + i] = call.Values[i];
        }

        return call.Sent = database.ExecuteAsync("EVAL", arguments);
    }
}
