using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace WebSocketChat;

/// <summary>Who is in which room: the application's own business, here in the same Redis.</summary>
public sealed class Rooms(IConnectionMultiplexer redis, IGatewayConnections connections)
{
    private IDatabase Database => redis.GetDatabase();

    public async Task JoinAsync(string connectionId, string room, string name)
    {
        await LeaveAsync(connectionId);
        await Database.HashSetAsync(Member(connectionId), [new("room", room), new("name", name)]);
        await Database.SetAddAsync(Room(room), connectionId);
        await TellAsync(room, "*", $"{name} is here");
    }

    public async Task SayAsync(string connectionId, string text)
    {
        if (await Database.HashGetAsync(Member(connectionId), ["room", "name"]) is [{ IsNull: false } room, { IsNull: false } name])
        {
            await TellAsync(room!, name!, text);
        }
    }

    public async Task LeaveAsync(string connectionId)
    {
        if (await Database.HashGetAsync(Member(connectionId), ["room", "name"]) is [{ IsNull: false } room, { IsNull: false } name])
        {
            await Database.SetRemoveAsync(Room(room!), connectionId);
            await Database.KeyDeleteAsync(Member(connectionId));
            await TellAsync(room!, "*", $"{name} has left");
        }
    }

    private static RedisKey Room(string room) => "chat:room:" + room;

    private static RedisKey Member(string connectionId) => "chat:member:" + connectionId;

    private async Task TellAsync(string room, string from, string text)
    {
        var ids = Array.ConvertAll(await Database.SetMembersAsync(Room(room)), static id => (string)id!);
        await connections.PostToManyAsync(ids, JsonSerializer.SerializeToUtf8Bytes(new { from, text }));
    }
}
