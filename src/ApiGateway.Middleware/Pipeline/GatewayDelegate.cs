using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>The rest of the gateway's pipeline.</summary>
internal delegate Task GatewayDelegate(GatewayContext context);
