using System.Buffers.Binary;
using ApiGateway.Middleware.Redis.Hosting;
using StackExchange.Redis;

namespace RedisLimits;

/// <summary>Nothing but the client: the same script with keys and arguments of the same length, made once.</summary>
internal sealed class BareLoop : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly byte[] _hash;
    private readonly RedisKey[] _keys =
    [
        "{gw::gold:0123456789abcdef0123456789abcdef}:t:0123456789abcdef", "{gw:orders:prod:}:t:0123456789abcdef", "{gw::gold:0123456789abcdef0123456789abcdef}:q",
    ];

    private readonly RedisValue[] _values = [Bucket(), Bucket(), Account()];

    private BareLoop(ConnectionMultiplexer connection, byte[] hash) => (_connection, _database, _hash) = (connection, connection.GetDatabase(), hash);

    public static async Task<BareLoop> CreateAsync(string server)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(server);
        connection.PreserveAsyncOrder = false;
        var script = string.Join('\n', Script("clock"), Script("buckets"), Script("usage"), Script("enter"));
        var hash = await connection.GetDatabase().ExecuteAsync("SCRIPT", "LOAD", script);
        return new BareLoop(connection, Convert.FromHexString((string)hash!));
    }

    public Task<double> RunAsync(TimeSpan duration) => Flight.RunAsync(duration, async _ =>
    {
        if (((byte[])(await _database.ScriptEvaluateAsync(_hash, _keys, _values))!)[0] != 3)
        {
            throw new InvalidOperationException("A request was refused.");
        }
    });

    public async ValueTask DisposeAsync() => await _connection.CloseAsync();

    private static string Script(string name)
    {
        using var reader = new StreamReader(typeof(RedisOptions).Assembly.GetManifestResourceStream($"{name}.lua")!);
        return reader.ReadToEnd();
    }

    private static byte[] Bucket()
    {
        var argument = new byte[21];
        BinaryPrimitives.WriteDoubleLittleEndian(argument, Limits.Rate);
        BinaryPrimitives.WriteDoubleLittleEndian(argument.AsSpan(8), Limits.Burst);
        argument[16] = 1;
        return argument;
    }

    private static byte[] Account()
    {
        var argument = new byte[17];
        BinaryPrimitives.WriteDoubleLittleEndian(argument, Limits.Quota);
        argument[16] = 3;
        return argument;
    }
}
