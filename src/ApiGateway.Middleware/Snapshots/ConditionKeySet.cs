using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The condition keys that the application supplies.</summary>
internal sealed class ConditionKeySet
{
    private readonly FrozenDictionary<string, IConditionKeyProvider> _byName;

    /// <exception cref="ArgumentException">A name is no name of a key, or one of AWS.</exception>
    public ConditionKeySet(IEnumerable<IConditionKeyProvider> providers)
    {
        var byName = new Dictionary<string, IConditionKeyProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in providers)
        {
            foreach (var name in provider.Keys)
            {
                Check(name);
                byName.TryAdd(name, provider);
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Known = [.. byName.Keys.Select(static name => new PolicyKeyInfo(name, PolicyKeyType.Text) { IsOfHost = true })];
    }

    /// <summary>Gets what is known of the keys when a policy is compiled.</summary>
    public IReadOnlyList<PolicyKeyInfo> Known { get; }

    /// <summary>Checks the name of a key.</summary>
    /// <exception cref="ArgumentException">It is no name of a key, or one of AWS.</exception>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.IndexOf(':', StringComparison.Ordinal) <= 0 || name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"A condition key has a prefix of its own and a colon, such as 'shop:Tenant', but is '{name}'.", nameof(name));
        }
    }

    /// <summary>Gets the value of a key, or <see langword="false"/> if the request has none.</summary>
    public bool TryGet(PolicyKey key, HttpContext request, out PolicyValue value)
    {
        value = default;
        if (!TryFind(key.Name, out var provider))
        {
            return false;
        }

        var values = provider!.GetValues(key.Name, request);
        value = values.Count switch
        {
            0 => default,
            1 => PolicyValue.Of(values[0] ?? ""),
            _ => PolicyValue.Of(values.ToArray()!),
        };
        return values.Count > 0;
    }

    private bool TryFind(string name, out IConditionKeyProvider? provider)
    {
        if (_byName.TryGetValue(name, out provider))
        {
            return true;
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(0, slash + 1), out provider);
    }
}
