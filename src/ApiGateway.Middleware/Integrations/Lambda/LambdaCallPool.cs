using Microsoft.Extensions.ObjectPool;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Keeps what calls of functions work with. One that something may still use is not given back.</summary>
internal sealed class LambdaCallPool
{
    private const int Retained = 256;

    private readonly ObjectPool<LambdaCall> _calls = new DefaultObjectPool<LambdaCall>(new Policy(), Retained);

    public LambdaCall Get() => _calls.Get();

    public void Return(LambdaCall call) => _calls.Return(call);

    private sealed class Policy : PooledObjectPolicy<LambdaCall>
    {
        public override LambdaCall Create() => new();

        public override bool Return(LambdaCall obj)
        {
            obj.Reset();
            return true;
        }
    }
}
