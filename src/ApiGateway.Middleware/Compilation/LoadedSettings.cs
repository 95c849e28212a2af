using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>What the options contribute to a snapshot.</summary>
internal sealed record LoadedSettings(GatewayIdentity Identity, ClientAddressPlan ClientAddress, TemplateLimits Templates);
