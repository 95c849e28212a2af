using System.Collections.Concurrent;
using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Throttling;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Connections;

/// <summary>Knows the WebSocket connections of all nodes.</summary>
/// <remarks>
/// Keys, which share one slot of a cluster: an entry per connection (<c>c:</c>) and, once it is removed, by whom (<c>d:</c>); a set of connections
/// (<c>n:</c>), a lease (<c>l:</c>) and when it was last replaced (<c>r:</c>) per node; for all nodes when each was last heard (<c>b</c>) and since when
/// without a gap (<c>s</c>).
/// </remarks>
internal sealed class RedisConnectionRegistry : IConnectionRegistry
{
    private const int TouchesAtOnce = 500;
    private const int PartsOfEntry = 3;
    private const int RemoverKeptSeconds = 300;

    // A node that misses two beats in a row has been silent.
    private const double BeatsOfGap = 2.5;

    private static readonly RedisValue[] Fields = ["n", "v", "t"];

    private readonly ConnectionScripts _scripts = new();

    // The marks that nodes of this process have seen: one, outside of tests.
    private readonly ConcurrentDictionary<string, string> _marks = new(StringComparer.Ordinal);
    private readonly RedisConnection _connection;
    private readonly ScriptRunner _runner;
    private readonly TimeProvider _time;
    private readonly string _prefix;
    private readonly long _gap;

    public RedisConnectionRegistry(RedisConnection connection, ScriptRunner runner, TimeProvider time, IOptions<ApiGatewayOptions> options)
    {
        (_connection, _runner, _time) = (connection, runner, time);
        _prefix = $"{connection.KeyPrefix}gw:{{ws}}:";
        _gap = (long)(options.Value.WebSockets.HeartbeatInterval * BeatsOfGap).TotalMilliseconds;
    }

    public bool IsShared => true;

    private RedisKey Heard => _prefix + "b";

    private RedisKey Since => _prefix + "s";

    public async ValueTask AddAsync(ConnectionEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var kept = Math.Max(1, (long)(entry.ExpiresAt - _time.GetUtcNow()).TotalMilliseconds);
        await RunAsync(
            _scripts.Add, [EntryKey(entry.ConnectionId), NodeKey(entry.NodeId)],
            [entry.NodeId, ConnectionEntryFormat.Write(entry), entry.LastActiveAt.ToUnixTimeMilliseconds(), kept, entry.ConnectionId]);
    }

    public async ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        var reply = await _connection.AskAsync(EntryKey(connectionId), static (database, key) => database.HashGetAsync(key, Fields));
        if (!reply.IsAnswered)
        {
            throw Failure(reply.Fault, reply.Error);
        }

        var values = reply.Value!;
        return ConnectionEntryFormat.Read(values[0], values[1], values[2]);
    }

    public async ValueTask TouchAsync(IReadOnlyCollection<ConnectionActivity> activities, CancellationToken cancellationToken)
    {
        foreach (var part in activities.Chunk(TouchesAtOnce))
        {
            await RunAsync(
                _scripts.Touch, Array.ConvertAll(part, activity => EntryKey(activity.ConnectionId)),
                Array.ConvertAll(part, static activity => (RedisValue)activity.LastActiveAt.ToUnixTimeMilliseconds()));
        }
    }

    public async ValueTask<bool> RemoveAsync(string connectionId, string nodeId, string removerId, CancellationToken cancellationToken) =>
        (int)await RunAsync(
            _scripts.Remove, [EntryKey(connectionId), NodeKey(nodeId), _prefix + "d:" + connectionId],
            [nodeId, connectionId, removerId, RemoverKeptSeconds]) == 1;

    public async ValueTask<NodeState> BeatAsync(string nodeId, CancellationToken cancellationToken)
    {
        var seen = _marks.GetValueOrDefault(nodeId, "");
        var answer = (RedisResult[])(await RunAsync(_scripts.Beat, [Heard, Since, _prefix + "r:" + nodeId], [nodeId, _gap, seen]))!;
        var mark = (string?)answer[1] ?? "";
        _marks[nodeId] = mark;
        return mark.Length > 0 && mark != seen ? NodeState.Replaced : (int)answer[0] == 1 ? NodeState.Known : NodeState.Unknown;
    }

    public async ValueTask<IReadOnlyList<ConnectionEntry>> FindOrphansAsync(
        string nodeId, TimeSpan silence, TimeSpan lease, int count, CancellationToken cancellationToken)
    {
        var result = (RedisValue[]?)await RunAsync(
            _scripts.Orphans, [Heard, Since],
            [nodeId, (long)silence.TotalMilliseconds, (long)lease.TotalMilliseconds, count, _prefix, _gap]) ?? [];
        var entries = new List<ConnectionEntry>();
        for (var at = 0; at + PartsOfEntry <= result.Length; at += PartsOfEntry)
        {
            if (ConnectionEntryFormat.Read(result[at], result[at + 1], result[at + 2]) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    public async ValueTask LeaveAsync(string nodeId, CancellationToken cancellationToken) =>
        await RunAsync(_scripts.Leave, [Heard, Since, NodeKey(nodeId)], [nodeId]);

    private static IOException Failure(RedisFault fault, Exception? error) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The registry of connections in Redis cannot be asked: {fault}."), error);

    private RedisKey EntryKey(string connectionId) => _prefix + "c:" + connectionId;

    private RedisKey NodeKey(string nodeId) => _prefix + "n:" + nodeId;

    private async ValueTask<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values)
    {
        var reply = await _runner.RunAsync(new ScriptCall(script, keys, values));
        return reply.IsAnswered ? reply.Value! : throw Failure(reply.Fault, reply.Error);
    }
}
