using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>Goes through the items of a list, or the values of a map, that may change meanwhile.</summary>
internal struct ItemReader(Value collection)
{
    private readonly Value _collection = collection;
    private int _position = -1;

    // The next item's token, as long as the collection lies in a JSON text.
    private int _next;

    public Value Current { get; private set; }

    public bool HasNext { get; private set; }

    public bool MoveNext()
    {
        _position++;
        if (_collection.TryGetIndexed(out var index, out var token))
        {
            return MoveNext(index, token);
        }

        if (_collection.List is { } list)
        {
            if (_position >= list.Count)
            {
                return false;
            }

            HasNext = _position + 1 < list.Count;
            Current = list[_position];
            return true;
        }

        var entries = _collection.Map!.Entries;
        if (_position >= entries.Length)
        {
            return false;
        }

        HasNext = _position + 1 < entries.Length;
        Current = entries[_position].Value;
        return true;
    }

    private bool MoveNext(JsonIndex index, int token)
    {
        var count = index[token].Count;
        if (_position >= count)
        {
            return false;
        }

        var current = _position == 0 ? token + 1 : _next;
        _next = index[current].Next;
        HasNext = _position + 1 < count;
        Current = index.At(current);
        return true;
    }
}
