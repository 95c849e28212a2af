using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Gets documents of issuers over HTTPS: no redirects, no cookies, no proxies, no decompression, and a limit to all of it.</summary>
internal sealed class HttpJwksFetcher : IJwksFetcher, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly bool _allowsInsecure;
    private readonly HttpMessageInvoker _configured;
    private readonly HttpMessageInvoker _learned;

    public HttpJwksFetcher(JwtOptions options)
    {
        _allowsInsecure = options.AllowInsecureJwks;

        // Two pools, so that no connection to an inner address is there to be reused.
        _configured = new HttpMessageInvoker(CreateHandler(static (_, _) => true));
        _learned = new HttpMessageInvoker(CreateHandler(
            (address, host) => PublicAddress.Is(address) || (_allowsInsecure && IPAddress.IsLoopback(address) && JwtIssuerPlan.IsLoopback(host))));
    }

    public async Task<JwksDocument> FetchAsync(Uri uri, bool isConfigured, int maxBytes, CancellationToken cancellationToken)
    {
        if (!JwtIssuerPlan.IsKeyAddress(uri, _allowsInsecure))
        {
            throw new HttpRequestException("Keys may come over https only; over http from the loopback address, if AllowInsecureJwks is set.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var response = await (isConfigured ? _configured : _learned).SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"The issuer answers with status {(int)response.StatusCode}.");
        }

        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLong(maxBytes);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new JwksDocument(await ReadAsync(stream, maxBytes, cancellationToken), MaxAgeOf(response));
    }

    public void Dispose()
    {
        _configured.Dispose();
        _learned.Dispose();
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            length += read;
            if (length > maxBytes)
            {
                throw TooLong(maxBytes);
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }
    }

    private static TimeSpan? MaxAgeOf(HttpResponseMessage response)
    {
        var control = response.Headers.CacheControl;
        return control is null ? null : control.NoStore || control.NoCache ? TimeSpan.Zero : control.MaxAge;
    }

    private static SocketsHttpHandler CreateHandler(Func<IPAddress, string, bool> isAllowed) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, isAllowed, cancellationToken),
        ConnectTimeout = ConnectTimeout,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        UseCookies = false,
        UseProxy = false,
    };

    // Resolves, checks, and connects to what was checked: a name that means something else a moment later changes nothing.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint end, Func<IPAddress, string, bool> isAllowed, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => isAllowed(address, end.Host));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("The issuer's host has no address that may be called.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpRequestException TooLong(int maxBytes) => new($"The issuer's document is longer than {maxBytes} bytes.");
}
