using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Chooses what the gateway serves and what it is extended with.</summary>
public interface IApiGatewayBuilder
{
    /// <summary>Gets the application's services.</summary>
    IServiceCollection Services { get; }
}
