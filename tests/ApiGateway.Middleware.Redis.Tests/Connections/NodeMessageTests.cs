using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connections;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

public sealed class NodeMessageTests
{
    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 200, 1 })]
    [InlineData(new byte[] { 1, 7, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 })]
    public void TryRead_OfAnotherVersionOrBroken_IsNotRead(byte[] bytes) => Assert.False(NodeMessage.TryRead(bytes, out _));

    [Fact]
    public void TryRead_Written_IsReadAgain()
    {
        var bytes = NodeMessage.WriteCommand(7, "node", new NodeCommand("id", NodeCommandKind.Post, "héllo"u8.ToArray()));

        Assert.True(NodeMessage.TryRead(bytes, out var command));
        Assert.True(NodeMessage.TryRead(NodeMessage.WriteOutcome(8, ConnectionOutcome.Limited), out var outcome));
        Assert.Equal((7, "node", "id", NodeCommandKind.Post), (command.Number, command.Sender, command.Command.ConnectionId, command.Command.Kind));
        Assert.Equal("héllo"u8.ToArray(), command.Command.Message.ToArray());
        Assert.Equal((8, null, ConnectionOutcome.Limited), (outcome.Number, outcome.Sender, outcome.Outcome));
    }
}
