using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import.Http;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Makes REST APIs of OpenAPI 2.0, 3.0 and 3.1 documents with <c>x-amazon-apigateway-*</c> extensions, and HTTP APIs of OpenAPI 3.0
/// documents.</summary>
/// <remarks>Does what ImportRestApi and PutRestApi do, and ImportApi of version 2. Reads nothing but what it is given; references to other files are errors.</remarks>
/// <param name="options">How documents become APIs. They must not change during an import.</param>
public sealed class OpenApiImporter(OpenApiImportOptions options)
{
    private const string Invalid = "Invalid OpenAPI input.";

    /// <summary>Imports a text.</summary>
    /// <param name="name">The API's name, unless the options have one.</param>
    /// <param name="text">The document, JSON or YAML.</param>
    /// <param name="source">What errors call the document; a name that ends in <c>.json</c> or <c>.yaml</c> tells its format.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The API, or <see langword="null"/> if there are errors.</returns>
    public RestApiDefinition? Import(string name, string text, string source, DefinitionErrors errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Import(name, Encoding.UTF8.GetBytes(text), source, errors);
    }

    /// <summary>Imports bytes.</summary>
    /// <param name="name">The API's name, unless the options have one.</param>
    /// <param name="utf8">The document, JSON or YAML, at most 6 MiB.</param>
    /// <param name="source">What errors call the document; a name that ends in <c>.json</c> or <c>.yaml</c> tells its format.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The API, or <see langword="null"/> if there are errors.</returns>
    public RestApiDefinition? Import(string name, ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(errors);

        var found = new DefinitionErrors();
        var api = Read(name, utf8, source, found);
        return Hand(found, errors) ? api : null;
    }

    /// <summary>Imports a text as an HTTP API.</summary>
    /// <param name="name">The API's name, unless the options have one.</param>
    /// <param name="text">The document, OpenAPI 3.0, JSON or YAML.</param>
    /// <param name="source">What errors call the document; a name that ends in <c>.json</c> or <c>.yaml</c> tells its format.</param>
    /// <param name="errors">Takes everything that is wrong. What HTTP APIs do not have is a note, and left out.</param>
    /// <returns>The API, or <see langword="null"/> if there are errors.</returns>
    public HttpApiDefinition? ImportHttp(string name, string text, string source, DefinitionErrors errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ImportHttp(name, Encoding.UTF8.GetBytes(text), source, errors);
    }

    /// <summary>Imports bytes as an HTTP API.</summary>
    /// <param name="name">The API's name, unless the options have one.</param>
    /// <param name="utf8">The document, OpenAPI 3.0, JSON or YAML, at most 6 MiB.</param>
    /// <param name="source">What errors call the document; a name that ends in <c>.json</c> or <c>.yaml</c> tells its format.</param>
    /// <param name="errors">Takes everything that is wrong. What HTTP APIs do not have is a note, and left out.</param>
    /// <returns>The API, or <see langword="null"/> if there are errors.</returns>
    public HttpApiDefinition? ImportHttp(string name, ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(errors);

        var found = new DefinitionErrors();
        var api = ReadHttp(name, utf8, source, found);
        return Hand(found, errors) ? api : null;
    }

    /// <summary>Changes an API as a document says, in the mode of the options; PutRestApi.</summary>
    /// <param name="api">The API. It stays as it is if there are errors.</param>
    /// <param name="utf8">The document, JSON or YAML, at most 6 MiB.</param>
    /// <param name="source">What errors call the document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>Whether the API was changed.</returns>
    public bool Update(RestApiDefinition api, ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        ArgumentNullException.ThrowIfNull(api);

        if (Import(api.Name, utf8, source, errors) is not { } change)
        {
            return false;
        }

        DefinitionMerger.Apply(api, change, options.Mode);
        return true;
    }

    // Hands on what was found, and tells whether the API may be used.
    private bool Hand(DefinitionErrors found, DefinitionErrors errors)
    {
        foreach (var error in found.Errors)
        {
            errors.Add(error.Origin, error.Message);
        }

        foreach (var warning in found.Warnings)
        {
            if (options.FailOnWarnings)
            {
                errors.Add(warning.Origin, warning.Message);
            }
            else
            {
                errors.Warn(warning.Origin, warning.Message);
            }
        }

        foreach (var note in found.Notes)
        {
            errors.Note(note.Origin, note.Message);
        }

        return found.Errors.Count == 0 && !(options.FailOnWarnings && found.Warnings.Count > 0);
    }

    private RestApiDefinition? Read(string name, ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        if (ReadRoot(utf8, source, errors) is not var (root, version))
        {
            return null;
        }

        var context = new ImportContext(root, version, source, options, errors);
        var api = new RestApiDefinition(options.Name ?? name)
        {
            Id = options.Id,
            Profile = DefinitionProfile.Exact,
            Origin = context.OriginOf(root),
        };
        Fill(context, api);
        return api;
    }

    private HttpApiDefinition? ReadHttp(string name, ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        if (ReadRoot(utf8, source, errors) is not var (root, version))
        {
            return null;
        }

        var context = new ImportContext(root, version, source, options, errors);
        if (version != DocumentVersion.OpenApi30)
        {
            context.Error(root, $"{Invalid} The document of an HTTP API must be OpenAPI 3.0.");
            return null;
        }

        var api = new HttpApiDefinition(options.Name ?? name)
        {
            Id = options.Id,
            Profile = DefinitionProfile.Exact,
            Origin = context.OriginOf(root),
        };
        new TemplateFunctions(context).Apply(root);
        new HttpApiImporter(context, api).Import();
        new HttpRouteImporter(context, api, new HttpSecurityImporter(context, new HttpAuthorizerImporter(context, api).Import())).Import();
        if (options.DefaultIntegration is { Length: > 0 } && !Extensions.AnyIn(root))
        {
            api.Profile = DefinitionProfile.Embedded;
        }

        return api;
    }

    private static (DocumentNode Root, DocumentVersion Version)? ReadRoot(ReadOnlySpan<byte> utf8, string source, DefinitionErrors errors)
    {
        DocumentNode root;
        try
        {
            root = DocumentReader.Read(utf8, source);
        }
        catch (DocumentException exception)
        {
            errors.Add(new DefinitionOrigin(source, "$", exception.Line), $"{Invalid} {exception.Message}");
            return null;
        }

        if (VersionOf(root) is { } version)
        {
            return (root, version);
        }

        var line = root.Line > 0 ? root.Line : 1;
        errors.Add(new DefinitionOrigin(source, "$", line), $"{Invalid} The document must be an object with 'swagger: \"2.0\"', or 'openapi' with 3.0 or 3.1.");
        return null;
    }

    private static void Fill(ImportContext context, RestApiDefinition api)
    {
        new TemplateFunctions(context).Apply(context.Root);
        new ApiImporter(context, api).Import();
        new EndpointImporter(context, api).Import();
        new DocumentationImporter(context, api).Import();
        var models = new ModelImporter(context, api);
        models.Import();

        var parameters = new ParameterImporter(context, models);
        var security = new SecurityImporter(context, new AuthorizerImporter(context, api).Import());
        var operations = new OperationImporter(
            context, api, parameters, new ResponseImporter(context, parameters), security, new IntegrationImporter(context));
        new PathsImporter(context, operations).Import();

        if (context.Options.DefaultIntegration is { Length: > 0 } && !Extensions.AnyIn(context.Root))
        {
            DefaultIntegration.ApplyEmbedded(api);
        }
    }

    private static DocumentVersion? VersionOf(DocumentNode root)
    {
        if (root.Get("swagger") is { Kind: NodeKind.String or NodeKind.Number, Text: "2.0" or "2" })
        {
            return DocumentVersion.Swagger20;
        }

        return root.Get("openapi") is not { Kind: NodeKind.String or NodeKind.Number } version ? null
            : version.Text is "3.0" || version.Text.StartsWith("3.0.", StringComparison.Ordinal) ? DocumentVersion.OpenApi30
            : version.Text is "3.1" || version.Text.StartsWith("3.1.", StringComparison.Ordinal) ? DocumentVersion.OpenApi31
            : null;
    }
}
