using ApiGateway.Middleware.Definitions;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Hosting;

/// <summary>What was written in code.</summary>
internal sealed class CodeDefinitionProvider(Action<GatewayDefinition> add) : IDefinitionProvider
{
    public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken)
    {
        add(definition);
        return ValueTask.CompletedTask;
    }

    public IChangeToken? GetReloadToken() => null;
}
