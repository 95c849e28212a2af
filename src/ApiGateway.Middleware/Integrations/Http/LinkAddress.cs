using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Puts the server that a VPC link leads to in the place of the one in an address.</summary>
internal static class LinkAddress
{
    /// <summary>Finds the server.</summary>
    /// <param name="link">The link.</param>
    /// <param name="uri">The address of the request, of which path and query count.</param>
    /// <returns>The address, or <see langword="null"/> if the link leads nowhere.</returns>
    public static Uri? Find(VpcLinkPlan link, Uri uri)
    {
        if (link.Resolver?.Invoke(link.Target) is not { IsAbsoluteUri: true } server || server.Scheme is not ("http" or "https"))
        {
            return null;
        }

        return new Uri($"{server.GetLeftPart(UriPartial.Authority)}{uri.PathAndQuery}", UriPlan.AsWritten);
    }

    /// <summary>Gets the name that the certificate of a server behind a link must have, or <see langword="null"/> without TLS.</summary>
    public static string? ServerName(VpcLinkPlan link, Uri uri) => link.ServerName ?? (uri.Scheme == "https" ? uri.IdnHost : null);

    /// <summary>Gets the address by which .NET's client sends on a connection that has TLS already.</summary>
    public static Uri BelowTls(Uri uri) => uri.Scheme == "http" ? uri
        : new Uri($"http://{uri.Host}:{uri.Port}{uri.PathAndQuery}", UriPlan.AsWritten);

    /// <summary>Gets the header <c>Host</c> towards a server behind a link.</summary>
    public static string HostOf(VpcLinkPlan link, GatewayContext context) => link.Host ?? context.Http.Request.Host.Value ?? "";
}
