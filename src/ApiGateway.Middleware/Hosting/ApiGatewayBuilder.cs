using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Hosting;

internal sealed class ApiGatewayBuilder(IServiceCollection services) : IApiGatewayBuilder
{
    public IServiceCollection Services { get; } = services;
}
