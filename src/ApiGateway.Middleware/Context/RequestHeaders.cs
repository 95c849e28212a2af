using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>The request's headers as an array: enumerating the server's collection through its interface would allocate.</summary>
internal sealed class RequestHeaders
{
    private KeyValuePair<string, StringValues>[] _items = new KeyValuePair<string, StringValues>[32];
    private int _count = -1;

    /// <summary>Reads the headers on the first call, and gives the same array on later ones.</summary>
    public ReadOnlySpan<KeyValuePair<string, StringValues>> Of(IHeaderDictionary headers)
    {
        if (_count < 0)
        {
            var count = headers.Count;
            if (_items.Length < count)
            {
                _items = new KeyValuePair<string, StringValues>[count * 2];
            }

            headers.CopyTo(_items, 0);
            _count = count;
        }

        return _items.AsSpan(0, _count);
    }

    public void Reset()
    {
        if (_count > 0)
        {
            // The next request must not see them, and the pool must not keep their texts alive.
            Array.Clear(_items, 0, _count);
        }

        _count = -1;
    }
}
