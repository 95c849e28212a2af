using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A client connection of which a test writes and reads every byte, one character a byte.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(IPAddress.Loopback, port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>Reads up to and including the empty line.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (await stream.ReadAsync(one).InTime() == 0)
            {
                return head.ToString();
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().InTime();

    /// <summary>Sends a request, and asks for the connection to be closed after the answer.</summary>
    public Task SendRequestAsync(string requestLine, params ReadOnlySpan<string> headers) =>
        SendAsync($"{requestLine}\r\nHost: localhost\r\nConnection: close\r\n{string.Concat(headers.ToArray().Select(static header => header + "\r\n"))}\r\n");

    public Task<string> ReadHeadAsync() => ReadHeadAsync(_stream);

    public async Task<string> ReadAsync(int length)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes).AsTask().InTime();
        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Reads until the server closes; a reset counts as closing.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all).InTime();
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>Hangs up without a word.</summary>
    public void Reset() => _client.Client.Close(0);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
