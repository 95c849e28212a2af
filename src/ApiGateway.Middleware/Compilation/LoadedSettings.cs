using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>What the options contribute to a snapshot.</summary>
internal sealed record LoadedSettings(GatewayIdentity Identity, ClientAddressPlan ClientAddress, TemplateLimits Templates)
{
    /// <summary>Gets how much the refusals of policies tell.</summary>
    public AccessDeniedDetail AccessDenied { get; init; }
}
