using System.Net;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which peers may say who the client is, and how far back their word is followed.</summary>
internal sealed class ClientAddressPlan(IPNetwork[] trustedProxies, int forwardLimit)
{
    public static readonly ClientAddressPlan TrustNobody = new([], 0);

    public int ForwardLimit { get; } = forwardLimit;

    public bool TrustsAnybody { get; } = trustedProxies.Length > 0 && forwardLimit > 0;

    /// <summary>Tells whether <paramref name="address"/>, which must not be IPv4-mapped, belongs to a trusted proxy.</summary>
    public bool Trusts(IPAddress address)
    {
        foreach (var network in trustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
