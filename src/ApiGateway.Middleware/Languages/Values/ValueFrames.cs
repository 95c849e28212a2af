using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Holds the members of the maps and lists that are being read, so that each is made in its final size.</summary>
internal struct ValueFrames(byte[] json) : IDisposable
{
    private const int NameSlots = 64;
    private const int FirstSize = 64;

    // Beyond this, a map finds names that repeat by its index.
    private const int ComparedCount = 8;

    private KeyValuePair<string, Value>[]? _entries;
    private string?[]? _names;
    private int _used;

    public int Count { get; private set; }

    /// <summary>Gets the source of the strings.</summary>
    public JsonSource Texts { get; } = new(json, ValueKind.String);

    /// <summary>Gets the source of the numbers.</summary>
    public JsonSource Numbers { get; } = new(json, ValueKind.Number);

    /// <summary>Returns the name at the reader. Names repeat, as those of the items of a list do, and then share a string.</summary>
    public string Name(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (reader.ValueIsEscaped || bytes.Length is 0 or > 64)
        {
            return reader.GetString()!;
        }

        _names ??= new string?[NameSlots];
        ref var slot = ref _names[((bytes.Length * 31) + (bytes[0] * 7) + bytes[^1]) % NameSlots];
        if (slot is null || !Ascii.Equals(bytes, slot))
        {
            slot = reader.GetString()!;
        }

        return slot;
    }

    public void Push(string name, Value value)
    {
        if (_entries is null || Count == _entries.Length)
        {
            Grow();
        }

        _entries![Count++] = new(name, value);
        _used = Math.Max(_used, Count);
    }

    /// <summary>Takes the entries from <paramref name="start"/> on as a map.</summary>
    public ValueMap PopMap(int start)
    {
        var entries = _entries.AsSpan(start, Count - start);
        Count = start;

        if (entries.Length <= ComparedCount && AreDistinct(entries))
        {
            return new(entries.ToArray());
        }

        var map = new ValueMap(entries.Length);
        foreach (var entry in entries)
        {
            map.Put(entry.Key, entry.Value);
        }

        return map;
    }

    /// <summary>Takes the values from <paramref name="start"/> on as a list.</summary>
    public ValueList PopList(int start)
    {
        var entries = _entries.AsSpan(start, Count - start);
        Count = start;

        var list = new ValueList(entries.Length) { IsJson = true };
        foreach (ref readonly var entry in entries)
        {
            list.Add(entry.Value);
        }

        return list;
    }

    public void Dispose()
    {
        if (_entries is not null)
        {
            Array.Clear(_entries, 0, _used);
            ArrayPool<KeyValuePair<string, Value>>.Shared.Return(_entries);
            _entries = null;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<KeyValuePair<string, Value>>.Shared.Rent(_entries is null ? FirstSize : Count * 2);
        if (_entries is not null)
        {
            _entries.AsSpan(0, Count).CopyTo(larger);
            Array.Clear(_entries, 0, _used);
            ArrayPool<KeyValuePair<string, Value>>.Shared.Return(_entries);
        }

        _entries = larger;
    }

    private static bool AreDistinct(ReadOnlySpan<KeyValuePair<string, Value>> entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (entries[i].Key == entries[j].Key)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
