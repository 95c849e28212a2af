using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>The connections to backends: a pool per authority, shared by all routes and kept across reloads.</summary>
internal sealed class BackendClients : IDisposable
{
    private readonly HttpMessageInvoker _verified;
    private readonly HttpMessageInvoker _unverified;
    private readonly NamedConnections _named;

    public BackendClients(BackendConnectionSettings settings)
    {
        _verified = new HttpMessageInvoker(CreateHandler(settings));

        var handler = CreateHandler(settings);
        handler.SslOptions.RemoteCertificateValidationCallback = IsAcceptable;
        _unverified = new HttpMessageInvoker(handler);
        _named = new NamedConnections(() => CreateHandler(settings));
    }

    /// <summary>Gets the connections on which certificates are checked in full.</summary>
    public HttpMessageInvoker Verified => _verified;

    public HttpMessageInvoker For(HttpIntegrationPlan plan) => plan.InsecureSkipVerification ? _unverified : _verified;

    /// <summary>Gets connections on which the certificate must have a name of its own; requests go there by <c>http</c>.</summary>
    public HttpMessageInvoker For(HttpIntegrationPlan plan, string serverName) =>
        _named.Of(serverName, plan.InsecureSkipVerification ? IsAcceptable : null);

    public void Dispose()
    {
        _verified.Dispose();
        _unverified.Dispose();
        _named.Dispose();
    }

    // What a gateway must not do on its own: follow redirects, keep cookies, obey proxies of the environment, decompress, or
    // write trace headers (the integration does that, only where there is an activity).
    private static SocketsHttpHandler CreateHandler(BackendConnectionSettings settings) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = settings.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        MaxConnectionsPerServer = settings.MaxConnectionsPerServer,
        PooledConnectionIdleTimeout = settings.PooledConnectionIdleTimeout,
        PooledConnectionLifetime = settings.PooledConnectionLifetime,

        // As Kestrel decodes them, so that what is not ASCII passes byte for byte.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseDrainTimeout = TimeSpan.FromSeconds(2),
        UseCookies = false,
        UseProxy = false,
    };

    // insecureSkipVerification leaves out the authority; expiry and host name are still checked.
    private static bool IsAcceptable(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        foreach (var status in chain?.ChainStatus ?? [])
        {
            if ((status.Status & X509ChainStatusFlags.NotTimeValid) != X509ChainStatusFlags.NoError)
            {
                return false;
            }
        }

        return true;
    }
}
