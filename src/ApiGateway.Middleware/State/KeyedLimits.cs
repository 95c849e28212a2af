using System.Security.Cryptography;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>The limits that have had buckets by keys. Grows with definitions and their changes, never with callers.</summary>
internal sealed class KeyedLimits
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyedLimit> _newest = new(StringComparer.Ordinal);
    private KeyedLimit[] _all = [];

    public KeyedLimit this[int index] => Volatile.Read(ref _all)[index];

    /// <summary>Gets what belongs to a limit. The limit remembers it, for the store that asked last.</summary>
    public KeyedLimit Of(ThrottleLimit limit) => limit.Memory is KeyedLimit known && known.Owner == this ? known : Find(limit);

    private KeyedLimit Find(ThrottleLimit limit)
    {
        lock (_gate)
        {
            var isKnown = _newest.TryGetValue(limit.Name, out var newest);
            if (!isKnown || !newest!.Rate.Equals(limit.RateLimit) || !newest.Capacity.Equals(limit.BurstLimit))
            {
                newest = new KeyedLimit(
                    this, _all.Length, limit.RateLimit, limit.BurstLimit, limit.CountsInFlight, isKnown ? newest!.Secret : NewSecret());
                Volatile.Write(ref _all, [.. _all, newest]);
                _newest[limit.Name] = newest;
            }

            limit.Memory = newest;
            return newest;
        }
    }

    private static UInt128 NewSecret()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
    }
}
