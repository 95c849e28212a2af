using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the options afresh for each load; adds what is wrong and gives the defaults, so that all the rest is checked, too.</summary>
internal delegate LoadedSettings SettingsLoader(DefinitionErrors errors);
