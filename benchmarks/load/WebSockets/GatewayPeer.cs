using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;

namespace WebSockets;

/// <summary>A WebSocket API with a handler that sends each message back.</summary>
internal static class GatewayPeer
{
    public static async Task RunAsync(string port)
    {
        var builder = PeerHost.CreateBuilder(port);
        var ids = new ConcurrentDictionary<string, bool>();
        builder.Services.AddApiGateway()
            .AddWebSocketHandler("echo", static async message => await message.ReplyAsync(message.Body))
            .AddWebSocketHandler("connect", message =>
            {
                ids[message.ConnectionId] = true;
                return default;
            })
            .AddWebSocketHandler("disconnect", message =>
            {
                ids.TryRemove(message.ConnectionId, out _);
                return default;
            })
            .AddWebSocketApi("echo", static api => api
                .OnConnect(static route => route.InProcess("connect"))
                .OnDisconnect(static route => route.InProcess("disconnect"))
                .OnDefault(static route => route.InProcess("echo"))
                .Stage("ws"));
        var app = builder.Build();
        app.UseApiGateway();
        app.UseRouting();
        var connections = app.Services.GetRequiredService<IGatewayConnections>();
        PeerHost.MapQuestions(app, message => connections.PostToManyAsync([.. ids.Keys], message));
        await app.RunAsync();
    }
}
