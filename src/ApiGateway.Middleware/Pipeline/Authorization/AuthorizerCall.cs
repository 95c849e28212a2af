using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>What asking an authorizer works with. Reused; dropped instead when something may still use it.</summary>
internal sealed class AuthorizerCall : IDisposable
{
    /// <summary>The longest answer, in bytes.</summary>
    private const int MaxAnswer = 8 * 1024;

    public AuthorizerCall() => Lambda.Answer.Limit = MaxAnswer;

    /// <summary>Gets what the key of the result is made of.</summary>
    public PooledBufferWriter Identity { get; } = new();

    /// <summary>Gets the event and the answer of a function.</summary>
    public LambdaCall Lambda { get; } = new();

    /// <summary>Gets or sets the call of the function, which may outlast the request's patience.</summary>
    public Task? Pending { get; set; }

    /// <summary>Gets whether nothing uses the buffers any more.</summary>
    public bool IsFree => Pending is null or { IsCompleted: true };

    public void Dispose() => Reset();

    public void Reset()
    {
        // Tokens must not lie around in the shared pool of arrays.
        Identity.Resize(Identity.Length).Clear();
        Identity.Dispose();
        Lambda.Event.Resize(Lambda.Event.Length).Clear();
        Lambda.Reset();
        Pending = null;
    }
}
