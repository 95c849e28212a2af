using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>What one call of a function works with. Reused; dropped instead when something may still use it.</summary>
internal sealed class LambdaCall : IDisposable
{
    /// <summary>Gets the event; free for other use once the call has ended.</summary>
    public PooledBufferWriter Event { get; } = new();

    /// <summary>Gets the payload of the answer.</summary>
    public PooledBufferWriter Answer { get; } = new(ManagedLimits.PayloadBytes);

    public PooledBufferWriter Scratch { get; } = new();

    public QueryTable Query { get; } = new();

    /// <summary>Gets the answer as it was read from its payload.</summary>
    public ProxyAnswer Result { get; } = new();

    public void Dispose() => Reset();

    public void Reset()
    {
        Event.Dispose();
        Answer.Dispose();
        Scratch.Dispose();
        Query.Reset();
        Result.Reset();
    }
}
