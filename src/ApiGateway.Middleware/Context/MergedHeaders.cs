using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>The client's headers with those that mappings put in their place.</summary>
internal sealed class MergedHeaders
{
    private readonly List<KeyValuePair<string, StringValues>> _items = [];

    /// <summary>Merges on the first call, and gives the same on later ones.</summary>
    public ReadOnlySpan<KeyValuePair<string, StringValues>> Of(
        ReadOnlySpan<KeyValuePair<string, StringValues>> received, IntegrationRequest outgoing)
    {
        if (_items.Count == 0)
        {
            foreach (ref readonly var header in received)
            {
                if (!outgoing.Headers.Contains(header.Key))
                {
                    _items.Add(header);
                }
            }

            foreach (ref readonly var header in outgoing.Headers.Items)
            {
                if (header.Value.Count > 0)
                {
                    _items.Add(header);
                }
            }
        }

        return CollectionsMarshal.AsSpan(_items);
    }

    public void Reset() => _items.Clear();
}
