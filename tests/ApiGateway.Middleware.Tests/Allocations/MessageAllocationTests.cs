using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Tests.WebSockets;
using ApiGateway.Middleware.WebSockets.Connections;
using ApiGateway.Middleware.WebSockets.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class MessageAllocationTests
{
    [Theory]
    [InlineData("$request.body.action", "echo", 64)]
    [InlineData("$request.body.action", "echo", 4096)]
    [InlineData("${request.body.service}/${request.body.action}", "chat/echo", 4096)]
    public async Task Echo_ThroughAHandler_AllocatesNothing(string selection, string route, int length)
    {
        using var services = await CreateAsync(selection, route);
        using var socket = new SilentSocket();
        socket.Read();
        var runner = services.GetRequiredService<MessageRunner>();
        var connection = Connect(services, socket, runner);
        var message = Message(length);

        var bytes = AllocatedBytes.PerCall(() => Run(runner, connection, message));

        Assert.Equal(length, message.Length);
        Assert.Equal(0, bytes);
        Assert.Equal(length, socket.LastSent);
    }

    [Fact]
    public async Task Post_ToAConnectionOfThisNode_AllocatesNothing()
    {
        using var services = await CreateAsync("$request.body.action", "echo");
        using var socket = new SilentSocket();
        socket.Read();
        var connection = Connect(services, socket, services.GetRequiredService<MessageRunner>());
        var message = Message(4096);

        var outcome = ConnectionOutcome.Failed;
        var bytes = AllocatedBytes.PerCall(() => outcome = connection.Post(message));

        Assert.Equal(0, bytes);
        Assert.Equal((ConnectionOutcome.Delivered, 4096), (outcome, socket.LastSent));
    }

    private static Task<ServiceProvider> CreateAsync(string selection, string route) => TestGateway.ServicesAsync(gateway => gateway
        .AddWebSocketHandler("echo", static async message => await message.ReplyAsync(message.Body))
        .AddWebSocketApi("chat", api =>
        {
            api.Definition.RouteSelectionExpression = selection;
            api.Map(route, static target => target.InProcess("echo")).Stage("prod");
        }));

    private static SocketConnection Connect(ServiceProvider services, SilentSocket socket, MessageRunner runner) => new(
        new ClientConnection
        {
            ConnectionId = ConnectionIds.New(),
            ApiId = "chat",
            StageName = "prod",
            ConnectedAt = DateTimeOffset.UnixEpoch,
            Host = new HostString("localhost"),
            SourceIp = null,
            UserAgent = null,
        },
        socket, null, runner, services.GetRequiredService<ConnectionLimits>(), TimeProvider.System);

    private static byte[] Message(int length)
    {
        const string Start = """{"service":"chat","action":"echo","d":" """;
        return Encoding.UTF8.GetBytes(Start.PadRight(length - 2, 'x')[..(length - 2)] + "\"}");
    }

    private static void Run(MessageRunner runner, SocketConnection connection, byte[] message)
    {
        // No new task where it has ended already.
        if (!runner.OnMessageAsync(connection, message).AsTask().IsCompletedSuccessfully)
        {
            Assert.Fail("The message waits for something.");
        }
    }
}
