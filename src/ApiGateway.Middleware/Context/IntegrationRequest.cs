using System.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Context;

/// <summary>What a route's mappings and templates make of the request, for the integration to send.</summary>
/// <remarks>Names and values are legal where they go: the step that puts them here has checked and encoded them.</remarks>
internal sealed class IntegrationRequest : IDisposable
{
    private readonly PooledBufferWriter _body = new();

    /// <summary>Gets the headers that are set, or take the place of the client's; one without values is not sent.</summary>
    public ParameterList Headers { get; } = new(StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the query parameters that are added; names and values are encoded.</summary>
    public ParameterList Query { get; } = new(StringComparison.Ordinal);

    /// <summary>Gets the values of <c>{name}</c> in the integration's address; encoded.</summary>
    public ParameterList Path { get; } = new(StringComparison.Ordinal);

    /// <summary>Gets or sets the query that takes the place of the client's, encoded, with its question mark if it is not empty;
    /// <see langword="null"/> if the client's query is sent.</summary>
    public string? ReplacedQuery { get; set; }

    /// <summary>Gets or sets the path that takes the place of the address's, encoded, or <see langword="null"/>.</summary>
    public string? ReplacedPath { get; set; }

    /// <summary>Gets whether <see cref="Body"/> is sent instead of the client's body.</summary>
    public bool HasBody { get; private set; }

    /// <summary>Gets the body to send, if it is not the client's; valid while the request lasts.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Gives an empty body to write to, which takes the place of the client's.</summary>
    public PooledBufferWriter BeginBody()
    {
        _body.Truncate(0);
        HasBody = true;
        return _body;
    }

    /// <summary>Changes <see cref="Body"/> in place.</summary>
    /// <returns>What <paramref name="change"/> returns.</returns>
    public bool TryChangeBody<TState>(TState state, Func<PooledBufferWriter, TState, bool> change) => change(_body, state);

    /// <summary>Joins a query, with or without its question mark, and the mapped parameters.</summary>
    /// <returns>The query with its question mark, or empty.</returns>
    public string QueryAfter(string? query)
    {
        var text = new StringBuilder(query is ['?', ..] ? query[1..] : query);
        foreach (ref readonly var parameter in Query.Items)
        {
            foreach (var value in parameter.Value)
            {
                text.Append(text.Length == 0 ? "" : "&").Append(parameter.Key).Append('=').Append(value);
            }
        }

        return text.Length == 0 ? "" : text.Insert(0, '?').ToString();
    }

    public void Reset()
    {
        Headers.Clear();
        Query.Clear();
        Path.Clear();
        ReplacedQuery = null;
        ReplacedPath = null;
        HasBody = false;
        _body.Dispose();
    }

    public void Dispose() => _body.Dispose();
}
