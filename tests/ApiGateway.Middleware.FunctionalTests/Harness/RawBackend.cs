using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A backend that takes one connection after the other and answers with exact bytes, right or wrong.</summary>
/// <remarks>It reads no bodies: a connection that closes with unread bytes is reset, and the answer may be lost.</remarks>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;

    /// <summary>Initializes a new instance of the <see cref="RawBackend"/> class.</summary>
    /// <param name="answer">Gets the head of the request as text; the connection closes after it.</param>
    public RawBackend(Func<string, NetworkStream, Task> answer)
    {
        _listener.Start();
        _loop = RunAsync(answer);
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Makes a backend that answers every request with the same bytes, one character a byte, and closes.</summary>
    public static RawBackend Answering(string response) => new((_, stream) => stream.WriteAsync(Encoding.Latin1.GetBytes(response)).AsTask());

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(Func<string, NetworkStream, Task> answer)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            try
            {
                var head = await RawConnection.ReadHeadAsync(stream);
                await answer(head, stream);
            }
            catch (IOException)
            {
                // The gateway has hung up, as some tests want it to.
            }
        }
    }
}
