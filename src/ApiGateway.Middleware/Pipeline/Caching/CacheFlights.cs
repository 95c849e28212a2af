using System.Collections.Concurrent;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The calls that are under way, by what they ask for. There are no more of them than requests.</summary>
internal sealed class CacheFlights
{
    private readonly ConcurrentDictionary<FlightKey, CacheFlight> _flights = new();

    /// <summary>Gets the call that is under way, or begins it.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <param name="key">The key of the answer.</param>
    /// <param name="isNew">Whether the caller has to make the call, and to end it.</param>
    public CacheFlight Join(string partition, string key, out bool isNew)
    {
        var flightKey = new FlightKey(partition, key);
        if (_flights.TryGetValue(flightKey, out var flight))
        {
            isNew = false;
            return flight;
        }

        var own = new CacheFlight();
        flight = _flights.GetOrAdd(flightKey, own);
        isNew = flight == own;
        return flight;
    }

    /// <summary>Ends a call, so that the next request makes another.</summary>
    public void End(string partition, string key, CacheFlight flight) =>
        _flights.TryRemove(new KeyValuePair<FlightKey, CacheFlight>(new FlightKey(partition, key), flight));

    /// <summary>Lets no later request wait for a call that is under way.</summary>
    public void Clear() => _flights.Clear();

    private readonly record struct FlightKey(string Partition, string Key);
}
