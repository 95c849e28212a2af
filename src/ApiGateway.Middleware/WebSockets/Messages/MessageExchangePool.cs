using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>Keeps exchanges for reuse.</summary>
internal sealed class MessageExchangePool(IServiceScopeFactory scopes, TimeProvider time)
{
    // Bounds what a peak of messages leaves behind: about 4 KB each.
    private const int Retained = 512;

    private readonly DefaultObjectPool<MessageExchange> _pool = new(new Policy(scopes, time), Retained);

    public MessageExchange Rent() => _pool.Get();

    /// <summary>Takes an exchange back. Not to be called when something may still use it.</summary>
    public void Return(MessageExchange exchange) => _pool.Return(exchange);

    private sealed class Policy(IServiceScopeFactory scopes, TimeProvider time) : PooledObjectPolicy<MessageExchange>
    {
        public override MessageExchange Create() => new(scopes, time);

        public override bool Return(MessageExchange obj)
        {
            obj.Reset();
            return true;
        }
    }
}
