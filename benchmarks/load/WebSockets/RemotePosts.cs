using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace WebSockets;

/// <summary>Counts what Redis is asked for when a node posts to a connection of another one, and when nobody does anything.</summary>
/// <param name="owner">The node with the connection.</param>
/// <param name="other">The node that posts.</param>
/// <param name="redis">The server's port.</param>
internal sealed class RemotePosts(Peer owner, Peer other, int redis)
{
    private const int Posts = 2_000;
    private const int IdleSeconds = 10;

    public async Task RunAsync()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(owner.Socket, default);
        var id = Uri.EscapeDataString(await owner.TextAsync("connection"));

        // Scripts are sent whole the first time.
        await other.AskAsync($"post/{id}/10");
        var idle = await CountAsync(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(IdleSeconds));
            return 0;
        });
        var delivered = 0L;
        var receiving = ReceiveAsync(socket, Posts + 10);
        var started = TimeProvider.System.GetTimestamp();
        var posts = await CountAsync(async () => delivered = await other.AskAsync($"post/{id}/{Posts}"));
        var microseconds = TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / Posts;
        await receiving;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Posts to another node: {delivered} of {Posts} delivered, {microseconds:0} us each; Redis per post: {Text(posts, Posts)}. Two nodes that do nothing, per second: {Text(idle, IdleSeconds)}."));
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, int count)
    {
        var buffer = new byte[16];
        for (var i = 0; i < count; i++)
        {
            await socket.ReceiveAsync(buffer.AsMemory(), default);
        }
    }

    private static string Text(Dictionary<string, long> counts, double by) => string.Join(
        ", ", counts.Where(item => item.Value >= by / 100).OrderByDescending(static item => item.Value).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Value / by:0.00} {item.Key}")));

    private async Task<Dictionary<string, long>> CountAsync(Func<Task<long>> action)
    {
        var before = await CommandsAsync();
        await action();
        return (await CommandsAsync())
            .Select(item => KeyValuePair.Create(item.Key, item.Value - before.GetValueOrDefault(item.Key)))
            .Where(static item => item.Value > 0 && item.Key is not ("info" or "quit" or "ping" or "select"))
            .ToDictionary(StringComparer.Ordinal);
    }

    // The lines are such as "cmdstat_publish:calls=12,usec=34,...".
    private async Task<Dictionary<string, long>> CommandsAsync()
    {
        const string Head = "cmdstat_";
        const string Calls = ":calls=";
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", redis);
        var stream = client.GetStream();
        await stream.WriteAsync("INFO commandstats\r\nQUIT\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in (await reader.ReadToEndAsync()).Split("\r\n"))
        {
            if (line.StartsWith(Head, StringComparison.Ordinal) && line.IndexOf(Calls, StringComparison.Ordinal) is > 0 and var at)
            {
                counts[line[Head.Length..at]] = long.Parse(line[(at + Calls.Length)..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            }
        }

        return counts;
    }
}
