using System.Collections.ObjectModel;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>What settings say about the document of an API.</summary>
/// <param name="Name">The name of the API.</param>
/// <param name="Path">The full path of the file.</param>
/// <param name="Origin">Where the settings of the import are written.</param>
public sealed record DocumentRequest(string Name, string Path, DefinitionOrigin Origin)
{
    /// <summary>Gets which kind of API the document describes. The default is <see cref="ApiKind.Rest"/>.</summary>
    public ApiKind ProtocolType { get; init; }

    /// <summary>Gets the full paths of the files that are imported, in this order, after the first one into the same API.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> MorePaths { get; init; } = [];

    /// <summary>Gets the settings of the import by their names, in any letter case; those of an object below as <c>Name:Key</c>.</summary>
    /// <value>The default is none. A reader reports those that it does not know.</value>
    public IReadOnlyDictionary<string, string> Options { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
