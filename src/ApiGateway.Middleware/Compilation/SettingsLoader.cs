using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the options afresh for each load, or gives <see langword="null"/> and adds what is wrong.</summary>
internal delegate LoadedSettings? SettingsLoader(DefinitionErrors errors);
