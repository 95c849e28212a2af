using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Context;

/// <summary>What the client gets of an answer, after mappings and templates.</summary>
internal sealed class MethodResult : IDisposable
{
    private readonly PooledBufferWriter _body = new();

    public int Status { get; set; }

    /// <summary>Gets the headers, legal towards the client.</summary>
    public ParameterList Headers { get; } = new(StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets whether <see cref="Body"/> takes the place of the integration's body.</summary>
    public bool HasBody { get; private set; }

    /// <summary>Gets the body that a template made; valid while the request lasts.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Gives an empty body to write to.</summary>
    public PooledBufferWriter BeginBody()
    {
        _body.Truncate(0);
        HasBody = true;
        return _body;
    }

    /// <summary>Changes <see cref="Body"/> in place.</summary>
    /// <returns>What <paramref name="change"/> returns.</returns>
    public bool TryChangeBody(Func<PooledBufferWriter, bool> change) => change(_body);

    public void Reset()
    {
        Status = 0;
        Headers.Clear();
        HasBody = false;
        _body.Dispose();
    }

    public void Dispose() => _body.Dispose();
}
