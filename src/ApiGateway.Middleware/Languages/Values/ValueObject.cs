using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A value whose behaviour the host supplies.</summary>
internal abstract class ValueObject
{
    /// <summary>Writes what a template prints for the object itself. Nothing, unless overridden.</summary>
    public virtual void WriteText(PooledBufferWriter writer)
    {
    }

    /// <summary>Writes the object's JSON.</summary>
    public virtual void WriteJson(PooledBufferWriter writer) => writer.Write("{}"u8);
}
