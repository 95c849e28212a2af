using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the section <c>ApiGateway</c>.</summary>
internal sealed class GatewaySettingsReader(SettingsSection section, string[] foreignKeys)
{
    public void Read(GatewayDefinition definition)
    {
        var inFolder = ReadFolder(definition);
        foreach (var api in section.Children("Apis"))
        {
            if ((api.Has("Definition") || !inFolder.Contains(api.Key)) && ReadApi(api) is { } read)
            {
                definition.Apis.Add(read);
            }
        }

        foreach (var domain in section.Children("DomainNames"))
        {
            definition.DomainNames.Add(ReadDomain(domain));
        }

        new UsagePlanSettingsReader(section).Read(definition);
        section.Known(foreignKeys);
        section.RejectUnknown();
    }

    /// <summary>Reads the documents of <c>DefinitionsFolder</c>, and gives the names of their APIs.</summary>
    private HashSet<string> ReadFolder(GatewayDefinition definition)
    {
        const string Key = "DefinitionsFolder";
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!section.Has(Key))
        {
            return names;
        }

        var folder = section.Child(Key);
        var path = folder.Value ?? folder.Text("Path") ?? "apis";
        folder.Known("Path");
        var reader = new DocumentSettingsReader(section.Context);
        foreach (var file in FilesOf(path, folder))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var own = section.Children("Apis").FirstOrDefault(api => api.Key == name && !api.Has("Definition"));
            if (!names.Add(name))
            {
                section.Errors.Add(folder.Origin, $"Two documents of '{path}' are named '{name}'. Rename or remove one of them.");
            }
            else if (reader.Read(file, folder, own) is { } api)
            {
                definition.Apis.Add(api);
            }

            folder = folder.Again();
        }

        return names;
    }

    // In the order of names, so that messages do not depend on the file system.
    private IEnumerable<string> FilesOf(string path, SettingsSection folder)
    {
        var (full, reader) = (section.Context.Files.FullPath(path), new DocumentSettingsReader(section.Context));
        section.Context.Files.WatchFolder(full);
        if (Directory.Exists(full) && section.Context.Readers.Count > 0)
        {
            return Directory.EnumerateFiles(full).Where(reader.CanRead).Order(StringComparer.Ordinal);
        }

        section.Errors.Add(folder.Origin, section.Context.Readers.Count == 0
            ? $"Nothing reads documents. {DocumentSettingsReader.Cure}"
            : $"The folder '{path}' does not exist. Make it, or correct the path, which is relative to the content root.");
        return [];
    }

    private static ApiDefinition? ReadApi(SettingsSection api)
    {
        if (api.Has("Definition"))
        {
            return new DocumentSettingsReader(api.Context).Read(api);
        }

        if (api.Has("Import"))
        {
            api.Errors.Add(api.Child("Import").Origin, "'Import' says how a document becomes an API, but there is none. Add 'Definition'.");
        }

        var kind = DocumentSettingsReader.KindOf(api) ?? ApiKind.Rest;
        switch (kind)
        {
            case ApiKind.Rest:
                return new RestApiSettingsReader(api).Read();
            case ApiKind.Http:
                return new HttpApiSettingsReader(api).Read();
            default:
                return new WebSocketApiSettingsReader(api).Read();
        }
    }

    private static DomainNameDefinition ReadDomain(SettingsSection section)
    {
        var domain = new DomainNameDefinition(section.Key) { Origin = section.Origin };
        foreach (var item in section.Children("BasePathMappings"))
        {
            var mapping = new BasePathMappingDefinition(item.Text("RestApiId") ?? item.Text("ApiId") ?? "")
            {
                Origin = item.Origin,
                BasePath = item.Text("BasePath"),
                Stage = item.Text("Stage"),
            };
            item.RejectUnknown();
            domain.BasePathMappings.Add(mapping);
        }

        // As version 2 of the service names them.
        foreach (var item in section.Children("ApiMappings"))
        {
            domain.BasePathMappings.Add(new BasePathMappingDefinition(item.Text("ApiId") ?? "")
            {
                Origin = item.Origin,
                BasePath = item.Text("ApiMappingKey"),
                Stage = item.Text("Stage"),
            });
            item.RejectUnknown();
        }

        section.RejectUnknown();
        return domain;
    }
}
