using System.Collections.Concurrent;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>The answers that one stage remembers, and those it is waiting for.</summary>
internal sealed class StageResults(TimeProvider time)
{
    /// <summary>How many answers are remembered at most.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<ResultKey, TaskCompletionSource<AuthorizerAnswer?>> _flights = new();

    public BoundedCache<ResultKey, AuthorizerAnswer> Answers { get; } = new(Capacity, time);

    /// <summary>Joins the request that is asking for the same answer, or becomes that request.</summary>
    /// <returns>What the asking request completes: <paramref name="own"/>, if that is the caller.</returns>
    public TaskCompletionSource<AuthorizerAnswer?> Join(ResultKey key, TaskCompletionSource<AuthorizerAnswer?> own) => _flights.GetOrAdd(key, own);

    /// <summary>Ends asking.</summary>
    public void Leave(ResultKey key) => _flights.TryRemove(key, out _);
}
