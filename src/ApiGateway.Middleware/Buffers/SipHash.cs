using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ApiGateway.Middleware.Buffers;

/// <summary>SipHash with 128 bits: nobody without the key can find two texts with one hash. Source: Aumasson and Bernstein, "SipHash".</summary>
internal static class SipHash
{
    private const int Word = sizeof(ulong);

    /// <summary>SipHash-2-4, for what lets callers in.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text, ulong firstKey, ulong secondKey) => Of(text, new State(firstKey, secondKey, isShort: false));

    /// <summary>SipHash-1-3, for tables that callers must not be able to attack.</summary>
    public static UInt128 ShortOf(ReadOnlySpan<byte> text, ulong firstKey, ulong secondKey) => Of(text, new State(firstKey, secondKey, isShort: true));

    private static UInt128 Of(ReadOnlySpan<byte> text, State state)
    {
        var length = text.Length;
        while (text.Length >= Word)
        {
            state.Add(BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[Word..];
        }

        var last = (ulong)length << 56;
        for (var i = 0; i < text.Length; i++)
        {
            last |= (ulong)text[i] << (8 * i);
        }

        state.Add(last);
        return state.End();
    }

    private ref struct State(ulong firstKey, ulong secondKey, bool isShort)
    {
        private ulong _v0 = firstKey ^ 0x736f6d6570736575;
        private ulong _v1 = secondKey ^ 0x646f72616e646f6d ^ 0xee;
        private ulong _v2 = firstKey ^ 0x6c7967656e657261;
        private ulong _v3 = secondKey ^ 0x7465646279746573;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            if (!isShort)
            {
                Round();
            }

            _v0 ^= word;
        }

        /// <summary>Gets the hash; its lower half is what the definition writes first.</summary>
        public UInt128 End()
        {
            _v2 ^= 0xee;
            Rounds();
            var lower = _v0 ^ _v1 ^ _v2 ^ _v3;
            _v1 ^= 0xdd;
            Rounds();
            return new UInt128(_v0 ^ _v1 ^ _v2 ^ _v3, lower);
        }

        private void Rounds()
        {
            Round();
            Round();
            Round();
            if (!isShort)
            {
                Round();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _v0 += _v1;
            _v2 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v1;
            _v0 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
