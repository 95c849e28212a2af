using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>An authorizer of the application and the name under which definitions find it.</summary>
internal sealed record AuthorizerRegistration(string Name, Func<IServiceProvider, GatewayAuthorizer> Create);
