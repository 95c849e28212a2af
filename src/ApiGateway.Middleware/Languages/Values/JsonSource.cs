using System.Text;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>The bytes of a JSON text, which its strings and numbers are read from when they are needed.</summary>
/// <param name="bytes">The text. It must not change any more.</param>
/// <param name="kind">What the values that refer to this object are: strings or numbers.</param>
internal sealed class JsonSource(byte[] bytes, ValueKind kind)
{
    public ValueKind Kind => kind;

    /// <summary>Returns a string without its quotes, or a number. Where it lies is packed into one number.</summary>
    public ReadOnlySpan<byte> Slice(long place) => bytes.AsSpan((int)(place >> 32), (int)place);

    public string Decode(long place) => Encoding.UTF8.GetString(Slice(place));

    public static long Place(int start, int length) => ((long)start << 32) | (uint)length;
}
