using System.Text.Json;
using System.Text.Unicode;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Gives the text of a JSON string: a slice of the payload if it has no escapes, else a copy without them.</summary>
internal static class AnswerText
{
    /// <exception cref="InvalidOperationException">The string is no legal text.</exception>
    public static ReadOnlyMemory<byte> Of(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, PooledBufferWriter scratch)
    {
        if (!reader.ValueIsEscaped)
        {
            // The reader looks at the form of strings, not at their bytes.
            return Utf8.IsValid(reader.ValueSpan)
                ? payload.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length)
                : throw new InvalidOperationException("The string is no UTF-8.");
        }

        scratch.Truncate(0);
        scratch.Advance(reader.CopyString(scratch.GetSpan(reader.ValueSpan.Length)));
        return scratch.WrittenMemory;
    }
}
