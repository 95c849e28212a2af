namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A map with text keys that keeps their order. Templates may change it.</summary>
internal sealed class ValueMap
{
    // Small maps are searched; a hash table would cost more than it saves.
    private const int SearchedCount = 8;

    private KeyValuePair<string, Value>[] _entries;
    private Dictionary<string, int>? _index;

    public ValueMap(int capacity = 0) => _entries = capacity == 0 ? [] : new KeyValuePair<string, Value>[capacity];

    /// <summary>Makes a map of entries whose names differ. The array belongs to the map from then on.</summary>
    public ValueMap(KeyValuePair<string, Value>[] entries)
    {
        _entries = entries;
        Count = entries.Length;
    }

    public int Count { get; private set; }

    /// <summary>Gets whether the map itself prints as empty text, as the maps of <c>$context</c> do.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Gets whether an entry was put in the place of another.</summary>
    public bool IsOverwritten { get; private set; }

    public ReadOnlySpan<KeyValuePair<string, Value>> Entries => _entries.AsSpan(0, Count);

    public bool TryGet(string key, out Value value)
    {
        var index = Find(key);
        value = index < 0 ? default : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Looks an entry up, first where <paramref name="hint"/> says that one of that name was found before.</summary>
    public bool TryGet(string key, ref int hint, out Value value)
    {
        var index = hint;
        if ((uint)index >= (uint)Count || _entries[index].Key != key)
        {
            index = Find(key);
            if (index < 0)
            {
                value = default;
                return false;
            }

            hint = index;
        }

        value = _entries[index].Value;
        return true;
    }

    public Value Get(string key) => TryGet(key, out var value) ? value : default;

    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <summary>Sets an entry and returns what it held before.</summary>
    public Value Put(string key, Value value)
    {
        var index = Find(key);
        if (index >= 0)
        {
            var before = _entries[index].Value;
            _entries[index] = new(key, value);
            IsOverwritten = true;
            return before;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(4, Count * 2));
        }

        _index?.Add(key, Count);
        _entries[Count++] = new(key, value);
        return default;
    }

    public bool Remove(string key, out Value value)
    {
        var index = Find(key);
        if (index < 0)
        {
            value = default;
            return false;
        }

        value = _entries[index].Value;
        _entries.AsSpan(index + 1, Count - index - 1).CopyTo(_entries.AsSpan(index));
        _entries[--Count] = default;
        _index = null;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
        _index = null;
    }

    private int Find(string key)
    {
        if (Count > SearchedCount)
        {
            return (_index ?? BuildIndex()).TryGetValue(key, out var found) ? found : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            var candidate = _entries[i].Key;
            if (ReferenceEquals(candidate, key) || candidate == key)
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        _index = new(Count * 2);
        for (var i = 0; i < Count; i++)
        {
            _index.Add(_entries[i].Key, i);
        }

        return _index;
    }
}
