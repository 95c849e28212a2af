using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>One connection that asks the same thing again and again, several requests at a time, and allocates nothing meanwhile.</summary>
internal sealed class KeepAliveClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _requests;
    private readonly byte[] _received = new byte[64 * 1024];
    private readonly int _answerLength;
    private readonly int _pipelined;

    /// <summary>Initializes a new instance of the <see cref="KeepAliveClient"/> class, and sends the first request.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="target">The request's target.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="headers">More headers, each with its line end.</param>
    /// <param name="pipelined">How many requests to send at a time. Where the answers to them take more than 4 KiB, the server allocates.</param>
    public KeepAliveClient(int port, string target, string method = "GET", string headers = "", int pipelined = 16)
    {
        _pipelined = pipelined;
        var request = $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n{headers}\r\n";
        _requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, pipelined)));
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(_requests.AsSpan(0, request.Length));
        _answerLength = ReadFirst();
    }

    /// <summary>Gets the first answer: status line and headers.</summary>
    public string FirstAnswer { get; private set; } = "";

    /// <summary>Sends at least as many requests, and reads as many answers.</summary>
    public void Send(int count)
    {
        for (var sent = 0; sent < count; sent += _pipelined)
        {
            _socket.Send(_requests);
            for (var missing = _answerLength * _pipelined; missing > 0;)
            {
                var read = _socket.Receive(_received.AsSpan(0, Math.Min(missing, _received.Length)));
                if (read == 0)
                {
                    throw new IOException("The server closed the connection.");
                }

                missing -= read;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // The server sends a small answer in one piece, but only its end tells so.
    private int ReadFirst()
    {
        const string LengthHeader = "Content-Length: ";

        var length = 0;
        while (true)
        {
            length += _socket.Receive(_received.AsSpan(length));
            var text = Encoding.ASCII.GetString(_received, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            var header = text.IndexOf(LengthHeader, StringComparison.Ordinal);
            var body = header < 0 ? 0 : int.Parse(text.AsSpan(header + LengthHeader.Length, text.AsSpan(header + LengthHeader.Length).IndexOf('\r')), provider: null);
            if (length >= end + 4 + body)
            {
                FirstAnswer = text;
                return length;
            }
        }
    }
}
