using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>The APIs and domain names of the configuration, with the documents that it names.</summary>
internal sealed class SettingsDefinitionProvider(
    SettingsSource source, IEnumerable<IDocumentReader> readers, IHostEnvironment? environment = null) : IDefinitionProvider, IDisposable
{
    private readonly DefinitionFiles _files = new(environment?.ContentRootPath ?? Directory.GetCurrentDirectory());
    private readonly IDocumentReader[] _readers = [.. readers];

    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        var before = errors.Errors.Count;
        source.AddFailures(errors);
        if (errors.Errors.Count > before)
        {
            return ValueTask.CompletedTask;
        }

        var tree = source.Read();
        var context = new SettingsContext(source, _files, _readers, errors);
        _files.BeginLoad();
        new GatewaySettingsReader(new SettingsSection(tree.Top, context), source.ForeignKeys).Read(definition);
        _files.EndLoad();
        if (errors.Errors.Count == before)
        {
            source.Accept(tree);
        }

        return ValueTask.CompletedTask;
    }

    public IChangeToken GetReloadToken() => new CompositeChangeToken([source.GetReloadToken(), _files.GetReloadToken()]);

    public void Dispose() => _files.Dispose();
}
