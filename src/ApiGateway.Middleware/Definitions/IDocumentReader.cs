namespace ApiGateway.Middleware.Definitions;

/// <summary>Reads an API from a document that settings name as its <c>Definition</c>.</summary>
/// <remarks>Implemented by packages for document formats; the first reader that can read a file gets it. Calls never overlap.</remarks>
public interface IDocumentReader
{
    /// <summary>Tells whether this reader knows the format, by the file's name.</summary>
    /// <param name="path">The full path of the file.</param>
    bool CanRead(string path);

    /// <summary>Reads the document.</summary>
    /// <param name="request">The document, and what settings say about it.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The API without stages, of the kind that the request says, or <see langword="null"/> if there are errors.</returns>
    ApiDefinition? Read(DocumentRequest request, DefinitionErrors errors);
}
