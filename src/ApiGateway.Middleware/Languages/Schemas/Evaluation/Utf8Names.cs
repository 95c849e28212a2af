using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>A fixed list of names, found by their UTF-8 bytes.</summary>
/// <remarks>
/// A table with open addressing, at most a quarter full. Its chains are as long as the schema makes them, whatever names a caller
/// sends, so its hash needs no secret.
/// </remarks>
internal sealed class Utf8Names
{
    private const int StackBytes = 256;

    private readonly byte[][] _names;
    private readonly byte[][] _memberStarts;
    private readonly int _mask;

    // Index of the name in each place, plus one; 0 is an empty place.
    private readonly int[] _places;

    // The keys of the names, by place.
    private readonly ulong[] _keys;

    public Utf8Names(string[] names)
    {
        _names = [.. names.Select(ToUtf8)];
        _memberStarts = [.. _names.Select(MemberStart)];

        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, names.Length * 4));
        _mask = size - 1;
        _places = new int[size];
        _keys = new ulong[size];
        for (var i = 0; i < _names.Length; i++)
        {
            var key = Key(_names[i]);
            var place = Place(key);
            while (_places[place] != 0)
            {
                place = (place + 1) & _mask;
            }

            _places[place] = i + 1;
            _keys[place] = key;
        }
    }

    public int Count => _names.Length;

    /// <summary>A member of this name up to its colon, written without spaces; empty if the name needs escapes.</summary>
    public ReadOnlySpan<byte> MemberStartOf(int index) => _memberStarts[index];

    /// <summary>The index of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var key = Key(name);
        var places = _places;
        var place = Place(key);
        while ((uint)place < (uint)places.Length && places[place] != 0)
        {
            if (_keys[place] == key && name.SequenceEqual(_names[places[place] - 1]))
            {
                return places[place] - 1;
            }

            place = (place + 1) & _mask;
        }

        return -1;
    }

    /// <summary>As <see cref="Find"/>, for a name that is written with escapes.</summary>
    public int FindEscaped(ReadOnlySpan<byte> content)
    {
        var rented = content.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(content.Length) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var index = Find(buffer[..JsonText.Unescape(content, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return index;
    }

    // First and last bytes and the length: names of a schema rarely share all of them.
    private static ulong Key(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            var first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            var last = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
            return first ^ BitOperations.RotateLeft(last, 29) ^ (ulong)name.Length;
        }

        ulong key = 0;
        foreach (var value in name)
        {
            key = (key << 8) | value;
        }

        return (key << 8) | (uint)name.Length;
    }

    private int Place(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 40) & _mask;

    // Halves of surrogate pairs are kept as JsonText.Unescape writes them.
    private static byte[] ToUtf8(string name)
    {
        var bytes = new List<byte>(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[i + 1])))
            {
                var half = name[i];
                bytes.AddRange([(byte)(0xE0 | (half >> 12)), (byte)(0x80 | ((half >> 6) & 0x3F)), (byte)(0x80 | (half & 0x3F))]);
                continue;
            }

            var length = char.IsSurrogate(name[i]) ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(name.Substring(i, length)));
            i += length - 1;
        }

        return [.. bytes];
    }

    private static byte[] MemberStart(byte[] name) =>
        name.AsSpan().ContainsAny((byte)'"', (byte)'\\') || name.AsSpan().ContainsAnyInRange((byte)0, (byte)0x1F)
            ? []
            : [(byte)'"', .. name, (byte)'"', (byte)':'];
}
