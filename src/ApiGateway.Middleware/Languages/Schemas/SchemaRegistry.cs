using System.Collections.Concurrent;
using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>The documents that references may name, by absolute address. Nothing is ever fetched.</summary>
/// <remarks>Safe for parallel use. The metaschema of draft 4 is always there.</remarks>
internal sealed class SchemaRegistry
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _documents = new(StringComparer.Ordinal);

    /// <summary>Adds a document, or replaces the one at this address.</summary>
    public void Add(Uri address, ReadOnlyMemory<byte> utf8Schema)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri)
        {
            throw new ArgumentException($"must be absolute, but is '{address}'.", nameof(address));
        }

        _documents[WithoutFragment(address)] = utf8Schema;
    }

    /// <summary>Finds the document at <paramref name="address"/>, an absolute address without a fragment.</summary>
    public bool TryGet(string address, out ReadOnlyMemory<byte> utf8Schema)
    {
        if (_documents.TryGetValue(address, out utf8Schema))
        {
            return true;
        }

        if (address == Draft4Metaschema.Address)
        {
            utf8Schema = Draft4Metaschema.Document;
            return true;
        }

        return false;
    }

    /// <summary>The form of an address under which documents are found.</summary>
    internal static string WithoutFragment(Uri address)
    {
        var text = address.AbsoluteUri;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? text : text[..hash];
    }
}
