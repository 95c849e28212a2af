using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

/// <summary>A node with the WebSocket API <c>chat</c>, stage <c>live</c>: it answers each message with the connection's id.</summary>
internal sealed class ChatNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(string Id, int? Status)> _ended = Channel.CreateUnbounded<(string, int?)>();

    private ChatNode(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public IGatewayConnections Connections => _app.Services.GetRequiredService<IGatewayConnections>();

    public RedisConnection Redis => _app.Services.GetRequiredService<RedisConnection>();

    public IConnectionRegistry Registry => _app.Services.GetRequiredService<IConnectionRegistry>();

    /// <summary>Gets how many <c>$disconnect</c> nobody has taken yet.</summary>
    public int EndedCount => _ended.Reader.Count;

    public static async Task<ChatNode> StartAsync(RedisServer server, int beatMilliseconds = 200, int silenceMilliseconds = 1000)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ChatNode? node = null;
        builder.Services.AddApiGateway(options =>
        {
            options.WebSockets.HeartbeatInterval = TimeSpan.FromMilliseconds(beatMilliseconds);
            options.WebSockets.NodeSilence = TimeSpan.FromMilliseconds(silenceMilliseconds);
        })
            .AddRedis(options =>
            {
                options.Configuration = server.Configuration;
                options.Timeout = TimeSpan.FromSeconds(1);
            })
            .AddWebSocketHandler("who", static async message => await message.ReplyAsync(message.ConnectionId))
            .AddWebSocketHandler("end", message =>
            {
                node!._ended.Writer.TryWrite((message.ConnectionId, message.CloseStatus));
                return default;
            })
            .AddWebSocketApi("chat", static api =>
            {
                api.OnDefault(static route => route.InProcess("who")).OnDisconnect(static route => route.InProcess("end")).Stage("live");
                api.Definition.Connections.AuthorizationType = AuthorizationType.None;
            });
        var app = builder.Build();
        app.UseApiGateway();
        node = new ChatNode(app);
        await app.StartAsync();
        return node;
    }

    public Task<(string Id, int? Status)> NextEndAsync() => _ended.Reader.ReadAsync().InTime();

    public Task<(ClientWebSocket Socket, string Id)> ConnectAsync() => ConnectAsync(Url);

    /// <summary>Opens a connection to a node, and asks for its id.</summary>
    public static async Task<(ClientWebSocket Socket, string Id)> ConnectAsync(string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url.Replace("http:", "ws:", StringComparison.Ordinal) + "/live"), default).InTime();
        await socket.SendAsync("who"u8.ToArray(), WebSocketMessageType.Text, true, default).InTime();
        return (socket, await ReceiveAsync(socket));
    }

    public static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var result = await socket.ReceiveAsync(buffer, default).InTime();
        return result.MessageType == WebSocketMessageType.Close ? $"close {(int?)socket.CloseStatus}" : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public Task StopAsync() => _app.StopAsync();
}
