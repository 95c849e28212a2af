using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>A client that is connected.</summary>
internal sealed class TestSocket(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[256 * 1024];

    public ClientWebSocket Socket => socket;

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default).InTime();

    /// <summary>Waits for the next text message.</summary>
    public async Task<string> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(length), default).InTime();
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return $"close {(int?)socket.CloseStatus} {socket.CloseStatusDescription}";
            }

            Assert.Equal(WebSocketMessageType.Text, result.MessageType);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer.AsSpan(0, length));
            }
        }
    }

    public async Task<JsonElement> ReceiveJsonAsync() => JsonElement.Parse(await ReceiveAsync());

    /// <summary>Sends a message and waits for the next one from the server.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReceiveAsync();
    }

    /// <summary>Waits until the server closes.</summary>
    /// <returns>Status and reason.</returns>
    public async Task<(int? Status, string? Reason)> UntilClosedAsync()
    {
        string message;
        do
        {
            message = await ReceiveAsync();
        }
        while (!message.StartsWith("close ", StringComparison.Ordinal));
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, default).InTime();
        }

        return ((int?)socket.CloseStatus, socket.CloseStatusDescription);
    }

    public Task CloseAsync(int status = 1000, string? reason = null) => socket.CloseAsync((WebSocketCloseStatus)status, reason, default).InTime();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
