using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Definitions;

/// <summary>Contributes APIs and domain names to the gateway: from settings, documents, a database.</summary>
/// <remarks>
/// All providers are asked again when one of them signals a change; their results are compiled together, and replace the running
/// definition only if there is no error. Calls never overlap.
/// </remarks>
public interface IDefinitionProvider
{
    /// <summary>Adds what this provider knows.</summary>
    /// <param name="definition">Takes the APIs and domain names; other providers add to it as well.</param>
    /// <param name="errors">Takes what is wrong. Throwing counts as one error, too, and is told with less detail.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <returns>A task that ends when everything was added.</returns>
    ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken);

    /// <summary>Gets a token that signals the next change, or <see langword="null"/> if this provider never changes.</summary>
    /// <returns>A fresh token for each call after a change.</returns>
    IChangeToken? GetReloadToken();
}
