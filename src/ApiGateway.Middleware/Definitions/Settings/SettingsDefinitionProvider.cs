using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>The APIs and domain names of the configuration.</summary>
internal sealed class SettingsDefinitionProvider(SettingsSource source) : IDefinitionProvider
{
    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        var before = errors.Errors.Count;
        source.AddFailures(errors);
        if (errors.Errors.Count > before)
        {
            return ValueTask.CompletedTask;
        }

        var tree = source.Read();
        new GatewaySettingsReader(new SettingsSection(tree.Top, source, errors), source.ForeignKeys).Read(definition);
        if (errors.Errors.Count == before)
        {
            source.Accept(tree);
        }

        return ValueTask.CompletedTask;
    }

    public IChangeToken GetReloadToken() => source.GetReloadToken();
}
