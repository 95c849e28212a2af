using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads APIs whose definition is a document that settings name, or one of a folder that they name.</summary>
internal sealed class DocumentSettingsReader(SettingsContext context)
{
    public const string Cure = "Reference the package ApiGateway.Middleware.OpenApi and call AddOpenApi() on the gateway's builder.";

    private const string NoWebSocket =
        "WebSocket APIs have no OpenAPI form. Write 'Routes' and 'Stages' in settings, or the API in code with AddWebSocketApi.";

    /// <summary>Reads the API of a section with <c>Definition</c>, and puts the section's other settings over it.</summary>
    public ApiDefinition? Read(SettingsSection section)
    {
        var paths = new List<string>();
        section.Texts("Definition", paths);
        var at = section.Child("Definition").Origin;
        if (paths.Count == 0)
        {
            context.Errors.Add(at, "'Definition' must be the name of a file, or a list of names.");
            return null;
        }

        var kind = KindOf(section) ?? ApiKind.Rest;
        if (kind == ApiKind.WebSocket)
        {
            context.Errors.Add(at, NoWebSocket);
            return null;
        }

        return Finish(ReadDocument(section.Key, paths, at, kind, section, null), kind, section, section);
    }

    /// <summary>Reads the API of a file in the folder: with the settings of the folder, and then those that are the API's own.</summary>
    public ApiDefinition? Read(string path, SettingsSection folder, SettingsSection? own)
    {
        var kind = (own is null ? null : KindOf(own)) ?? KindOf(folder) ?? ApiKind.Rest;
        if (kind == ApiKind.WebSocket)
        {
            context.Errors.Add((own ?? folder).Origin, NoWebSocket);
            return null;
        }

        var api = ReadDocument(Path.GetFileNameWithoutExtension(path), [path], folder.Origin, kind, folder, own);
        if (api is not null)
        {
            Apply(folder, api);
        }

        return Finish(api, kind, own ?? folder, own);
    }

    /// <summary>Reads which kind of API a section is about, or gives <see langword="null"/> if it does not say.</summary>
    public static ApiKind? KindOf(SettingsSection section) =>
        section.Choice("ProtocolType", ("REST", ApiKind.Rest), ("HTTP", ApiKind.Http), ("WEBSOCKET", ApiKind.WebSocket));

    /// <summary>Tells whether any reader takes a file.</summary>
    public bool CanRead(string path) => context.Readers.Any(reader => reader.CanRead(path));

    private static ApiDefinition? Finish(ApiDefinition? api, ApiKind kind, SettingsSection place, SettingsSection? own)
    {
        // Without the document, what is wrong with the settings is told all the same.
        var read = own is null ? api : Apply(own, api ?? (kind == ApiKind.Http ? new HttpApiDefinition(own.Key) : new RestApiDefinition(own.Key)));
        if (api is null)
        {
            return null;
        }

        // Of settings alone the compiler says it.
        if (read!.Stages.Count == 0 && read.Profile == DefinitionProfile.Exact)
        {
            place.Errors.Warn(
                place.Origin.Child("Stages"), $"API '{api.Name}' has no stage, so nothing can reach it. Add one, such as \"dev\": {{}}.");
        }

        return read;
    }

    private static ApiDefinition Apply(SettingsSection section, ApiDefinition api) => api is HttpApiDefinition http
        ? new HttpApiSettingsReader(section).Apply(http)
        : new RestApiSettingsReader(section).Apply((RestApiDefinition)api);

    private ApiDefinition? ReadDocument(
        string name, List<string> paths, DefinitionOrigin at, ApiKind kind, SettingsSection section, SettingsSection? own)
    {
        var full = paths.ConvertAll(context.Files.FullPath);
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Flatten(section.Child("Import"), "", options);
        if (own is not null)
        {
            Flatten(own.Child("Import"), "", options);
        }

        foreach (var path in full)
        {
            context.Files.Watch(path);
            if (!CanRead(path))
            {
                context.Errors.Add(at, context.Readers.Count == 0
                    ? $"Nothing reads documents such as '{paths[0]}'. {Cure}"
                    : $"Nothing reads '{context.Files.NameOf(path)}'. The file's name must end in .json, .yaml or .yml.");
                return null;
            }
        }

        var request = new DocumentRequest(name, full[0], section.Child("Import").Origin)
        {
            ProtocolType = kind,
            MorePaths = full[1..],
            Options = options,
        };
        var api = context.Readers.First(reader => reader.CanRead(full[0])).Read(request, context.Errors);
        if (api is not null)
        {
            // What concerns the API as a whole is for settings to mend; its parts keep their places in the document.
            api.Origin = section.Origin;
        }

        return api;
    }

    private static void Flatten(SettingsSection section, string prefix, Dictionary<string, string> options)
    {
        foreach (var child in section.Children())
        {
            if (child.Value is { } value)
            {
                options[prefix + child.Key] = value;
            }

            Flatten(child, $"{prefix}{child.Key}:", options);
        }
    }
}
