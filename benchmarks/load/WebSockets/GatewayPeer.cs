using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Hosting;

namespace WebSockets;

/// <summary>A WebSocket API with a handler that sends each message back.</summary>
internal static class GatewayPeer
{
    /// <summary>Runs the server.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="redis">Where nodes share their connections, or <see langword="null"/> for one that is alone.</param>
    public static async Task RunAsync(string port, string? redis)
    {
        var builder = PeerHost.CreateBuilder(port);
        var ids = new ConcurrentDictionary<string, bool>();
        var gateway = builder.Services.AddApiGateway();
        if (redis is not null)
        {
            gateway.AddRedis(options => options.Configuration = redis);
        }

        gateway
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
        app.MapGet("/connection", () => ids.Keys.Single());
        app.MapGet("/post/{id}/{count:int}", async (string id, int count) =>
        {
            var delivered = 0;
            for (var i = 0; i < count; i++)
            {
                delivered += await connections.PostAsync(id, "x") == ConnectionOutcome.Delivered ? 1 : 0;
            }

            return $"{delivered}";
        });
        PeerHost.MapQuestions(app, message => connections.PostToManyAsync([.. ids.Keys], message));
        await app.RunAsync();
    }
}
