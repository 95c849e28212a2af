using ApiGateway.Middleware.Definitions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>A provider that changes when the test says so.</summary>
internal sealed class TriggeredProvider : IDefinitionProvider
{
    private ConfigurationReloadToken _change = new();

    /// <summary>Gets how often the provider was asked.</summary>
    public int Loads { get; private set; }

    /// <summary>Gets or sets what goes into the definition.</summary>
    public Action<GatewayDefinition, DefinitionErrors> Load { get; set; } = static (_, _) => { };

    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        Loads++;
        Load(definition, errors);
        return ValueTask.CompletedTask;
    }

    public IChangeToken GetReloadToken() => _change;

    public void Change() => Interlocked.Exchange(ref _change, new ConfigurationReloadToken()).OnReload();
}
