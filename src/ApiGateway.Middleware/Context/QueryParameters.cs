using System.Text;

namespace ApiGateway.Middleware.Context;

/// <summary>Goes over the parameters of a query as they were received, without allocating.</summary>
/// <param name="query">The query, with or without its question mark.</param>
internal ref struct QueryParameters(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query is ['?', .. var tail] ? tail : query;

    /// <summary>Gets the current parameter's name, still encoded.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>Gets the current parameter's value, still encoded; empty without an equals sign.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Gets the current parameter as a whole, still encoded.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    public readonly QueryParameters GetEnumerator() => this;

    public readonly QueryParameters Current => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var parameter = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (parameter.IsEmpty)
            {
                continue;
            }

            var equals = parameter.IndexOf('=');
            Text = parameter;
            Name = equals < 0 ? parameter : parameter[..equals];
            Value = equals < 0 ? default : parameter[(equals + 1)..];
            return true;
        }

        return false;
    }

    /// <summary>Tells whether the current name means <paramref name="name"/>; case counts.</summary>
    public readonly bool IsNamed(ReadOnlySpan<char> name) =>
        Name.ContainsAny('%', '+') ? Decode(Name).AsSpan().SequenceEqual(name) : Name.SequenceEqual(name);

    /// <summary>Decodes a name or value: a plus is a space, and escapes are UTF-8. What does not decode stays as it is.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('%', '+'))
        {
            return text.ToString();
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+')
            {
                bytes[length++] = (byte)' ';
            }
            else if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(text.Slice(i, 1), bytes.AsSpan(length));
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
