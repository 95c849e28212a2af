using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>Named values in the order in which they were put; reused from request to request.</summary>
/// <param name="comparison">How names are compared: headers without, all else with their case.</param>
internal sealed class ParameterList(StringComparison comparison)
{
    private readonly List<KeyValuePair<string, StringValues>> _items = [];

    public int Count => _items.Count;

    public ReadOnlySpan<KeyValuePair<string, StringValues>> Items => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items);

    /// <summary>Puts values in the place of those of the same name, or at the end.</summary>
    public void Set(string name, StringValues values)
    {
        var index = Find(name);
        if (index < 0)
        {
            _items.Add(new(name, values));
        }
        else
        {
            _items[index] = new(name, values);
        }
    }

    public bool TryGet(string name, out StringValues values)
    {
        var index = Find(name);
        values = index < 0 ? default : _items[index].Value;
        return index >= 0;
    }

    public bool Contains(string name) => Find(name) >= 0;

    public void Clear() => _items.Clear();

    private int Find(string name)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].Key.Equals(name, comparison))
            {
                return i;
            }
        }

        return -1;
    }
}
