using System.Buffers;
using System.Runtime.InteropServices;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>Randomized hashes of well-formed JSON text; values that are equal for JSON Schema have equal hashes.</summary>
internal static class JsonHash
{
    private const int StackBytes = 256;

    /// <summary>The hash of the value at <paramref name="position"/>, which moves to its end.</summary>
    public static int Next(ReadOnlySpan<byte> json, ref int position)
    {
        position = JsonScanner.SkipWhiteSpace(json, position);
        switch (json[position])
        {
            case (byte)'{':
                return Object(json, ref position);
            case (byte)'[':
                return Array(json, ref position);
            case (byte)'"':
                return String(json, ref position);
            case (byte)'t' or (byte)'n':
                position += 4;
                return json[position - 4];
            case (byte)'f':
                position += 5;
                return 'f';
            default:
                var start = position;
                position = JsonScanner.EndOfNumber(json, start, out _);
                return new JsonNumber(json[start..position]).GetValueHash();
        }
    }

    private static int String(ReadOnlySpan<byte> json, ref int position)
    {
        var start = position + 1;
        var end = JsonScanner.EndOfString(json, start, out var escaped);
        position = end + 1;
        var content = json[start..end];
        if (!escaped)
        {
            return Bytes(content);
        }

        var rented = content.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(content.Length) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var hash = Bytes(buffer[..JsonText.Unescape(content, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    // The runtime's keyed string hash, fed two bytes at a time, so that callers cannot choose collisions.
    private static int Bytes(ReadOnlySpan<byte> content)
    {
        var pairs = string.GetHashCode(MemoryMarshal.Cast<byte, char>(content), StringComparison.Ordinal);
        return HashCode.Combine('"', pairs, content.Length, content.Length % 2 == 0 ? 0 : content[^1]);
    }

    private static int Array(ReadOnlySpan<byte> json, ref int position)
    {
        var hash = (int)'[';
        position = JsonScanner.SkipWhiteSpace(json, position + 1);
        while (json[position] != ']')
        {
            hash = HashCode.Combine(hash, Next(json, ref position));
            SkipComma(json, ref position);
        }

        position++;
        return hash;
    }

    // A sum, since order has no meaning. Repeated names all count, so that only the comparison lets the last one win:
    // objects that repeat names may be found different although their last members agree.
    private static int Object(ReadOnlySpan<byte> json, ref int position)
    {
        var hash = (int)'{';
        position = JsonScanner.SkipWhiteSpace(json, position + 1);
        while (json[position] != '}')
        {
            var name = String(json, ref position);
            position = JsonScanner.SkipWhiteSpace(json, position) + 1;
            hash += HashCode.Combine(name, Next(json, ref position));
            SkipComma(json, ref position);
        }

        position++;
        return hash;
    }

    private static void SkipComma(ReadOnlySpan<byte> json, ref int position)
    {
        position = JsonScanner.SkipWhiteSpace(json, position);
        if (json[position] == ',')
        {
            position = JsonScanner.SkipWhiteSpace(json, position + 1);
        }
    }
}
