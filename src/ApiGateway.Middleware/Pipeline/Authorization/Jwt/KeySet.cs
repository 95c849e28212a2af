using System.Text.Json;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The usable keys of an issuer (RFC 7517). Immutable.</summary>
internal sealed class KeySet
{
    private const int MaxKeys = 100;
    private const int Depth = 16;

    private readonly Dictionary<string, VerificationKey> _keys;
    private readonly VerificationKey[] _all;
    private readonly HashSet<string> _dropped;

    private KeySet(Dictionary<string, VerificationKey> keys, VerificationKey[] all, HashSet<string> dropped, List<string> warnings)
    {
        _keys = keys;
        _all = all;
        _dropped = dropped;
        Warnings = warnings;
    }

    /// <summary>Gets the number of usable keys.</summary>
    public int Count => _all.Length;

    /// <summary>Gets what was wrong with keys that were dropped.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads a key set, or gives nothing if it is none. Keys that cannot be used are left out.</summary>
    /// <param name="json">The document.</param>
    /// <param name="previous">The set before it: keys that stay are the same objects, others are retired once <see cref="Replace"/> is called.</param>
    public static KeySet? Parse(ReadOnlyMemory<byte> json, KeySet? previous = null)
    {
        if (StrictJson.TryParse(json, Depth, out var document) != JwtFailure.None)
        {
            return null;
        }

        using (document)
        {
            if (!document.RootElement.TryGetProperty("keys"u8, out var list) || list.ValueKind != JsonValueKind.Array
                || list.GetArrayLength() > MaxKeys)
            {
                return null;
            }

            return From(list, previous);
        }
    }

    /// <summary>Finds the key of a token.</summary>
    /// <param name="kid">The key's id; without one the only key of the set is meant.</param>
    /// <param name="key">The key, if the result is <see cref="JwtFailure.None"/>.</param>
    public JwtFailure Find(string? kid, out VerificationKey? key)
    {
        key = null;
        if (kid is null)
        {
            key = _all.Length == 1 ? _all[0] : null;
            return key is null ? JwtFailure.KeyUnusable : JwtFailure.None;
        }

        if (_keys.TryGetValue(kid, out key))
        {
            return JwtFailure.None;
        }

        return _dropped.Contains(kid) ? JwtFailure.KeyUnusable : JwtFailure.UnknownKid;
    }

    /// <summary>Retires the keys of a set that this one has not taken over.</summary>
    public void Replace(KeySet previous)
    {
        foreach (var key in previous._all)
        {
            if (Array.IndexOf(_all, key) < 0)
            {
                key.Retire();
            }
        }
    }

    private static KeySet From(JsonElement list, KeySet? previous)
    {
        var keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        var unnamed = new List<VerificationKey>();
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var warnings = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            var key = KeyReader.Read(item, out var kid, out var warning);
            if (kid is not null && !seen.Add(kid))
            {
                // Which of the two is meant? A guess could be the attacker's.
                keys.Remove(kid);
                dropped.Add(kid);
                warnings.Add("two keys have one id");
                continue;
            }

            if (key is null)
            {
                warnings.Add(warning ?? "a key cannot be used");
                if (kid is not null)
                {
                    dropped.Add(kid);
                }
            }
            else if (kid is null)
            {
                unnamed.Add(Known(previous, key));
            }
            else
            {
                keys.Add(kid, Known(previous, key));
            }
        }

        return new KeySet(keys, [.. keys.Values, .. unnamed], dropped, warnings);
    }

    private static VerificationKey Known(KeySet? previous, VerificationKey key)
    {
        foreach (var old in previous?._all ?? [])
        {
            if (old.Kid == key.Kid && old.Fingerprint == key.Fingerprint)
            {
                return old;
            }
        }

        return key;
    }
}
