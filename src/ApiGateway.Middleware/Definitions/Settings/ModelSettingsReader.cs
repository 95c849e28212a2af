namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads a model.</summary>
internal sealed class ModelSettingsReader(SettingsSection section)
{
    public ModelDefinition? Read()
    {
        var schema = section.Child("Schema").HasChildren ? new SchemaSettingsReader(section.Child("Schema")).Read() : section.Json("Schema");
        if (schema is null && !section.Has("Schema"))
        {
            section.Errors.Add(section.Origin.Child("Schema"), "A model needs a 'Schema': JSON text, the name of a file, or an object.");
        }

        var model = schema is null ? null : new ModelDefinition(section.Key, schema) { Origin = section.Origin };
        if (section.Text("Name") is { } name && name != section.Key)
        {
            section.Errors.Add(section.Child("Name").Origin, $"A model's name is its key, '{section.Key}'. Remove 'Name', or make it the same.");
        }

        var (type, description, isDraft2020) = (section.Text("ContentType"), section.Text("Description"), section.Flag("IsDraft2020"));
        section.RejectUnknown();
        if (model is not null)
        {
            model.ContentType = type ?? model.ContentType;
            model.Description = description;
            model.IsDraft2020 = isDraft2020 ?? schema!.Contains("json-schema.org/draft/2020-12/", StringComparison.Ordinal);
        }

        return model;
    }
}
