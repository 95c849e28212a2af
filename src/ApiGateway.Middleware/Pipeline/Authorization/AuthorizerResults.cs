using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>The remembered answers of all stages, by stable names: they outlive a reload that does not touch their authorizer.</summary>
internal sealed class AuthorizerResults(TimeProvider time) : IAuthorizerResults
{
    private readonly ConcurrentDictionary<StageName, StageResults> _byStage = new();

    public StageResults Of(string apiId, string stage)
    {
        var name = new StageName(apiId, stage);
        return _byStage.TryGetValue(name, out var results) ? results : _byStage.GetOrAdd(name, static (_, time) => new(time), time);
    }

    // What is being asked for goes into the old object, where nobody finds it.
    public void Flush(string apiId, string stage) => _byStage.TryRemove(new StageName(apiId, stage), out _);

    private readonly record struct StageName(string ApiId, string Stage);
}
