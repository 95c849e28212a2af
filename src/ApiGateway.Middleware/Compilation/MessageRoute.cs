using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>A route of a WebSocket API whose members are known to be sound.</summary>
/// <param name="Definition">What was written.</param>
/// <param name="Source">The same as the compilers of plans see it.</param>
/// <param name="IsTwoWay">Whether the client gets the integration's answer.</param>
internal sealed record MessageRoute(RouteDefinition Definition, RouteSource Source, bool IsTwoWay);
