using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>TLS connections to servers whose certificate is checked against another name than that in <c>Host</c>.</summary>
/// <remarks>To .NET's client, <c>Host</c> is the name; so TLS is made below it, and the client speaks plain HTTP on top.</remarks>
/// <param name="create">Makes a handler with the settings of all connections.</param>
internal sealed class NamedConnections(Func<SocketsHttpHandler> create) : IDisposable
{
    // One entry for each name that definitions or their links have.
    private readonly ConcurrentDictionary<(string Name, bool IsUnverified), HttpMessageInvoker> _clients = [];

    public HttpMessageInvoker Of(string serverName, RemoteCertificateValidationCallback? check) =>
        _clients.TryGetValue((serverName, check is not null), out var client)
            ? client : _clients.GetOrAdd((serverName, check is not null), Create(serverName, check));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private HttpMessageInvoker Create(string serverName, RemoteCertificateValidationCallback? check)
    {
        var handler = create();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
                await tls.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = serverName, RemoteCertificateValidationCallback = check }, cancellationToken);
                return tls;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return new HttpMessageInvoker(handler);
    }
}
