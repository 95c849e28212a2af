namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A list that templates may change.</summary>
internal sealed class ValueList
{
    private Value[] _items;

    public ValueList(int capacity = 0) => _items = capacity == 0 ? [] : new Value[capacity];

    public int Count { get; private set; }

    /// <summary>Gets the same as <see cref="Count"/>, which makes <c>list[^1]</c> possible.</summary>
    public int Length => Count;

    /// <summary>Gets whether the list came from a JSON text and prints as JSON. Lists that templates make print Java style.</summary>
    public bool IsJson { get; init; }

    public ReadOnlySpan<Value> Items => _items.AsSpan(0, Count);

    public Value this[int index]
    {
        get => Items[index];
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            _items[index] = value;
        }
    }

    public void Add(Value value)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count++] = value;
    }

    public void Insert(int index, Value value)
    {
        Add(value);
        _items.AsSpan(index, Count - index - 1).CopyTo(_items.AsSpan(index + 1));
        _items[index] = value;
    }

    public void RemoveAt(int index)
    {
        _items.AsSpan(index + 1, Count - index - 1).CopyTo(_items.AsSpan(index));
        _items[--Count] = default;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }

    public int IndexOf(Value value) => ValueComparer.IndexOf(Items, value);
}
