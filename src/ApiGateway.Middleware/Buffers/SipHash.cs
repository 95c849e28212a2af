using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ApiGateway.Middleware.Buffers;

/// <summary>SipHash with 128 bits: nobody without the key can find two texts with one hash. Source: Aumasson and Bernstein, "SipHash".</summary>
internal static class SipHash
{
    private const int Word = sizeof(ulong);

    /// <summary>SipHash-2-4, for what lets callers in.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text, ulong firstKey, ulong secondKey) => Of(text, firstKey, secondKey, isShort: false);

    /// <summary>SipHash-1-3, for tables that callers must not be able to attack.</summary>
    public static UInt128 ShortOf(ReadOnlySpan<byte> text, ulong firstKey, ulong secondKey) => Of(text, firstKey, secondKey, isShort: true);

    // The state is four variables and no struct of more, so that it stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 Of(ReadOnlySpan<byte> text, ulong firstKey, ulong secondKey, bool isShort)
    {
        var v0 = firstKey ^ 0x736f6d6570736575;
        var v1 = secondKey ^ 0x646f72616e646f6d ^ 0xee;
        var v2 = firstKey ^ 0x6c7967656e657261;
        var v3 = secondKey ^ 0x7465646279746573;
        var length = text.Length;
        while (text.Length >= Word)
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(text), isShort, ref v0, ref v1, ref v2, ref v3);
            text = text[Word..];
        }

        var last = (ulong)length << 56;
        for (var i = 0; i < text.Length; i++)
        {
            last |= (ulong)text[i] << (8 * i);
        }

        Add(last, isShort, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xee;
        Finish(isShort, ref v0, ref v1, ref v2, ref v3);
        var lower = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Finish(isShort, ref v0, ref v1, ref v2, ref v3);

        // The lower half is what the definition writes first.
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ulong word, bool isShort, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        if (!isShort)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(bool isShort, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        if (!isShort)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
