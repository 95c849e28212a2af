namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>What the readers of one load share.</summary>
internal sealed record SettingsContext(
    SettingsSource Source, DefinitionFiles Files, IReadOnlyList<IDocumentReader> Readers, DefinitionErrors Errors);
