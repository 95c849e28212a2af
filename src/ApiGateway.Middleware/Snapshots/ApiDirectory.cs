using System.Collections.Frozen;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which API answers at a host and path.</summary>
internal sealed class ApiDirectory
{
    public static readonly ApiDirectory Empty = new(
        new Dictionary<string, ApiMapping[]>(), [], new Dictionary<string, ApiMapping[]>(), []);

    private readonly FrozenDictionary<string, ApiMapping[]>.AlternateLookup<ReadOnlySpan<char>> _hosts;
    private readonly FrozenDictionary<string, ApiMapping[]>.AlternateLookup<ReadOnlySpan<char>> _defaultHosts;
    private readonly KeyValuePair<string, ApiMapping[]>[] _wildcards;
    private readonly bool _hasHosts;

    /// <summary>Initializes a new instance of the <see cref="ApiDirectory"/> class. Mappings stand with the longest base path first.</summary>
    /// <param name="hosts">The mappings of hosts and domain names.</param>
    /// <param name="wildcards">The mappings of <c>*.example.com</c> under <c>.example.com</c>, longest first.</param>
    /// <param name="defaultHosts">The mappings of <c>{id}.execute-api.{region}.amazonaws.com</c>.</param>
    /// <param name="anyHost">The mappings that every host has.</param>
    public ApiDirectory(
        IReadOnlyDictionary<string, ApiMapping[]> hosts,
        KeyValuePair<string, ApiMapping[]>[] wildcards,
        IReadOnlyDictionary<string, ApiMapping[]> defaultHosts,
        ApiMapping[] anyHost)
    {
        _hosts = hosts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _defaultHosts = defaultHosts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcards = wildcards;
        _hasHosts = hosts.Count > 0 || wildcards.Length > 0;
        AnyHost = anyHost;
    }

    public ApiMapping[] AnyHost { get; }

    /// <summary>Gets the mappings that belong to this host and to no other, or none.</summary>
    /// <param name="host">The host of the request, which may have a port.</param>
    public ApiMapping[] ForHost(string? host)
    {
        const string ExecuteApi = ".execute-api.";

        if (host is null)
        {
            return [];
        }

        // Most gateways have no hosts at all: one scan, no look-up.
        var name = host.AsSpan();
        if (!_hasHosts && !name.Contains(ExecuteApi, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        name = WithoutPort(name);
        if (_hosts.TryGetValue(name, out var mappings) || _defaultHosts.TryGetValue(name, out mappings))
        {
            return mappings;
        }

        foreach (var (suffix, found) in _wildcards)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return found;
            }
        }

        return [];
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host[colon..].Contains(']') ? host : host[..colon];
    }
}
