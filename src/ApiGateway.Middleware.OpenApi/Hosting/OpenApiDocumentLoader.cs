using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Loads APIs from files, with what the host knows: the content root, the region, the account.</summary>
internal sealed class OpenApiDocumentLoader(IHostEnvironment environment, IOptionsMonitor<ApiGatewayOptions> gateway)
{
    public static bool IsDocument(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JSON" or ".YAML" or ".YML";

    public string FullPath(string path) => Path.GetFullPath(path, environment.ContentRootPath);

    /// <summary>Makes options for one load: each definition gets stages of its own.</summary>
    public OpenApiImportOptions CreateOptions(Action<OpenApiImportOptions>? configure)
    {
        var options = new OpenApiImportOptions();
        configure?.Invoke(options);
        var identity = gateway.CurrentValue;
        options.Region ??= identity.Region;
        options.AccountId ??= identity.AccountId;
        options.Partition ??= identity.Partition;
        return options;
    }

    /// <summary>Adds the API of a file, named after it, with the stages of the options.</summary>
    public void LoadInto(GatewayDefinition definition, string path, Action<OpenApiImportOptions>? configure, DefinitionErrors errors)
    {
        if (Load(Path.GetFileNameWithoutExtension(path), path, CreateOptions(configure), errors) is not { } api)
        {
            return;
        }

        // For the embedded profile the compiler says so; a document from the service often has its stages elsewhere.
        if (api.Stages.Count == 0 && api.Profile == DefinitionProfile.Exact)
        {
            errors.Warn(api.Origin!, $"API '{api.Name}' has no stage, so nothing can reach it. Add one with AddStage(\"dev\").");
        }

        definition.Apis.Add(api);
    }

    public ApiDefinition? Load(string name, string path, OpenApiImportOptions options, DefinitionErrors errors)
    {
        var before = errors.Errors.Count;
        ApiDefinition? api = options.ProtocolType switch
        {
            ApiKind.Rest => LoadRest(name, path, options, errors),
            ApiKind.Http => LoadHttp(name, path, options, errors),
            _ => Refuse(path, options, errors),
        };
        if (api is null || errors.Errors.Count > before)
        {
            return null;
        }

        foreach (var (stageName, stage) in options.Stages)
        {
            api.Stages[stageName] = stage;
        }

        return Configure(api, options, errors) ? api : null;
    }

    private ApiDefinition? Refuse(string path, OpenApiImportOptions options, DefinitionErrors errors)
    {
        errors.Add(new DefinitionOrigin(NameOf(path), "$"), $"A document becomes a REST or an HTTP API, but 'ProtocolType' is {options.ProtocolType}.");
        return null;
    }

    private RestApiDefinition? LoadRest(string name, string path, OpenApiImportOptions options, DefinitionErrors errors)
    {
        var importer = new OpenApiImporter(options);
        var api = Read(path, errors) is { } bytes ? importer.Import(name, bytes, NameOf(path), errors) : null;
        foreach (var more in options.MoreDocuments)
        {
            if (Read(more, errors) is not { } change)
            {
                continue;
            }

            if (api is not null)
            {
                importer.Update(api, change, NameOf(more), errors);
            }
            else
            {
                // For its errors: all are told at once.
                importer.Import(name, change, NameOf(more), errors);
            }
        }

        return api;
    }

    private HttpApiDefinition? LoadHttp(string name, string path, OpenApiImportOptions options, DefinitionErrors errors)
    {
        if (options.MoreDocuments.Count > 0)
        {
            errors.Add(
                new DefinitionOrigin(NameOf(options.MoreDocuments[0]), "$"),
                "An HTTP API has one document; an import replaces all of the API. Put the documents together.");
        }

        return Read(path, errors) is { } bytes ? new OpenApiImporter(options).ImportHttp(name, bytes, NameOf(path), errors) : null;
    }

    private static bool Configure(ApiDefinition api, OpenApiImportOptions options, DefinitionErrors errors)
    {
        if (api is HttpApiDefinition http)
        {
            options.ConfigureHttpApi?.Invoke(http);
            return HasIntegrations(api, http.Routes.Count, http.Routes.Any(static route => route.Integration is not null || route.Target is not null), errors);
        }

        var rest = (RestApiDefinition)api;
        options.ConfigureApi?.Invoke(rest);
        return HasIntegrations(api, rest.Methods.Count, rest.Methods.Any(static method => method.Integration is not null), errors);
    }

    // The compiler would say it once for each method; a document that was not written for a gateway needs one cure.
    private static bool HasIntegrations(ApiDefinition api, int count, bool hasAny, DefinitionErrors errors)
    {
        if (count == 0 || hasAny)
        {
            return true;
        }

        errors.Add(
            api.Origin!,
            $"No operation has {IntegrationImporter.Extension}. Add it, or set DefaultIntegration to 'IN_PROCESS' or to the address of a backend.");
        return false;
    }

    private byte[]? Read(string path, DefinitionErrors errors)
    {
        var origin = new DefinitionOrigin(NameOf(path), "$");
        try
        {
            using var file = new FileStream(FullPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > DocumentLimits.MaxBytes)
            {
                errors.Add(origin, $"The document has {file.Length} bytes, but may have {DocumentLimits.MaxBytes}. Split it, or move examples out of it.");
                return null;
            }

            var bytes = new byte[file.Length];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(origin, "The file does not exist. Put it there, or correct the path, which is relative to the content root.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(origin, $"The file cannot be read: {exception.Message}");
        }

        return null;
    }

    private string NameOf(string path)
    {
        var relative = Path.GetRelativePath(environment.ContentRootPath, FullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? FullPath(path) : relative;
    }
}
