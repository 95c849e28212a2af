using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace WebSockets;

/// <summary>Asks both servers in turn, and prints what each took.</summary>
internal sealed class Measurement(Peer gateway, Peer bare, int rounds, double seconds, int connections)
{
    private const int Echoing = 32;
    private const int Broadcasts = 10;

    public async Task RunAsync()
    {
        Print("| Echo | gateway, us CPU | bare, us CPU | ratio (lowest-highest) | gateway, B | bare, B |");
        Print("|---|---|---|---|---|---|");
        foreach (var size in (int[])[100, 1000, 4000])
        {
            await EchoAsync(size);
        }

        var (ofGateway, socketsOfGateway) = await IdleAsync(gateway);
        var (ofBare, socketsOfBare) = await IdleAsync(bare);
        Print("");
        Print($"{connections} idle connections: gateway {ofGateway / 1024:0.0} KB each, bare {ofBare / 1024:0.0} KB each, {(ofGateway - ofBare) / 1024:+0.0;-0.0} KB.");

        var ratios = new List<(double Gateway, double Bare)>();
        for (var i = 0; i <= rounds; i++)
        {
            var pair = (await BroadcastAsync(gateway), await BroadcastAsync(bare));
            if (i > 0)
            {
                ratios.Add(pair);
            }
        }

        Print(
            $"Broadcast to {connections}: gateway {Median(ratios.Select(static pair => pair.Gateway)):0.00} us CPU each, bare {Median(ratios.Select(static pair => pair.Bare)):0.00}, "
            + $"ratio {Ratio(ratios)}.");
        foreach (var socket in socketsOfGateway.Concat(socketsOfBare))
        {
            socket.Dispose();
        }
    }

    private async Task EchoAsync(int size)
    {
        var pairs = new List<(double Gateway, double Bare)>();
        var bytes = (Gateway: 0.0, Bare: 0.0);
        for (var i = 0; i <= rounds; i++)
        {
            var first = await EchoAsync(gateway, size);
            var second = await EchoAsync(bare, size);
            if (i > 0)
            {
                // The first round warms up.
                pairs.Add((first.Cpu, second.Cpu));
                bytes = (first.Bytes, second.Bytes);
            }
        }

        Print(
            $"| {size} B | {Median(pairs.Select(static pair => pair.Gateway)):0.00} | {Median(pairs.Select(static pair => pair.Bare)):0.00} | {Ratio(pairs)} | {bytes.Gateway:0.0} | {bytes.Bare:0.0} |");
    }

    private async Task<(double Cpu, double Bytes)> EchoAsync(Peer peer, int size)
    {
        var text = Encoding.UTF8.GetBytes($$"""{"action":"echo","data":"{{new string('x', size - 29)}}"}""");
        var sockets = new ClientWebSocket[Echoing];
        for (var i = 0; i < Echoing; i++)
        {
            sockets[i] = new ClientWebSocket();
            await sockets[i].ConnectAsync(peer.Socket, default);
        }

        await RunAsync(sockets, text, 0.2);
        var (cpu, allocated) = (peer.Cpu(), await peer.AskAsync("allocated"));
        var count = await RunAsync(sockets, text, seconds);
        var result = ((peer.Cpu() - cpu) * 1000 / count, (await peer.AskAsync("allocated") - allocated) / (double)count);
        foreach (var socket in sockets)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
            socket.Dispose();
        }

        return result;
    }

    private static async Task<long> RunAsync(ClientWebSocket[] sockets, byte[] text, double seconds)
    {
        var end = Environment.TickCount64 + (long)(seconds * 1000);
        var counts = await Task.WhenAll(sockets.Select(async socket =>
        {
            var buffer = new byte[8192];
            long count = 0;
            while (Environment.TickCount64 < end)
            {
                await socket.SendAsync(text, WebSocketMessageType.Text, true, default);
                for (var isEnd = false; !isEnd;)
                {
                    isEnd = (await socket.ReceiveAsync(buffer.AsMemory(), default)).EndOfMessage;
                }

                count++;
            }

            return count;
        }));
        return counts.Sum();
    }

    private async Task<(double Bytes, List<Socket> Sockets)> IdleAsync(Peer peer)
    {
        var sockets = new List<Socket>();
        var request = Encoding.ASCII.GetBytes(
            "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var before = await peer.AskAsync("memory");
        var answer = new byte[4096];
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", peer.Port);
            await socket.SendAsync(request);
            if (await socket.ReceiveAsync(answer) == 0 || !answer.AsSpan().StartsWith("HTTP/1.1 101"u8))
            {
                throw new InvalidOperationException("A handshake was refused.");
            }

            sockets.Add(socket);
        }

        return ((await peer.AskAsync("memory") - before) / (double)connections, sockets);
    }

    private async Task<double> BroadcastAsync(Peer peer)
    {
        var cpu = peer.Cpu();
        for (var i = 0; i < Broadcasts; i++)
        {
            await peer.BroadcastAsync();
        }

        return (peer.Cpu() - cpu) * 1000 / (Broadcasts * (double)connections);
    }

    private static string Ratio(List<(double Gateway, double Bare)> pairs)
    {
        var ratios = pairs.ConvertAll(static pair => pair.Gateway / pair.Bare);
        return string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):0.00} ({ratios.Min():0.00}-{ratios.Max():0.00})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Print(string text) => Console.WriteLine(text);
}
