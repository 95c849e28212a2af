using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace WebSockets;

/// <summary>The same without a gateway: a loop per socket, as in the documentation of ASP.NET Core.</summary>
internal static class BarePeer
{
    public static async Task RunAsync(string port)
    {
        var app = PeerHost.CreateBuilder(port).Build();
        var sockets = new ConcurrentDictionary<WebSocket, bool>();
        app.UseWebSockets();
        app.Map("/ws", async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
            sockets[socket] = true;
            var buffer = new byte[8192];
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(), default);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, default);
            }

            sockets.TryRemove(socket, out _);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        PeerHost.MapQuestions(app, async message =>
        {
            foreach (var socket in sockets.Keys)
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, true, default);
            }
        });
        await app.RunAsync();
    }
}
