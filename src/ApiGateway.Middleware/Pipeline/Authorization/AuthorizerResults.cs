using System.Collections.Concurrent;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>The remembered answers of all APIs, by stable names: they outlive a reload that does not touch their authorizer.</summary>
internal sealed class AuthorizerResults(TimeProvider time)
{
    /// <summary>How many answers one API remembers at most.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, ResultCache<AuthorizerAnswer>> _byApi = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ResultKey, TaskCompletionSource<AuthorizerAnswer?>> _flights = new();

    public ResultCache<AuthorizerAnswer> Of(string apiId) =>
        _byApi.TryGetValue(apiId, out var cache) ? cache : _byApi.GetOrAdd(apiId, static (_, time) => new(Capacity, time), time);

    /// <summary>Joins the request that is asking for the same answer, or becomes that request.</summary>
    /// <returns>What the asking request completes: <paramref name="own"/>, if that is the caller.</returns>
    public TaskCompletionSource<AuthorizerAnswer?> Join(ResultKey key, TaskCompletionSource<AuthorizerAnswer?> own) => _flights.GetOrAdd(key, own);

    /// <summary>Ends asking.</summary>
    public void Leave(ResultKey key) => _flights.TryRemove(key, out _);
}
