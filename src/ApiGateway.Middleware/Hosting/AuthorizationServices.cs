using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>The services of the authorization step.</summary>
internal static class AuthorizationServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<AuthorizerResults>();
        services.TryAddSingleton<IAuthorizerResults>(static provider => provider.GetRequiredService<AuthorizerResults>());
        services.TryAddSingleton<LambdaAuthorizer>();
        services.TryAddSingleton<HandlerAuthorizer>();
        services.TryAddSingleton<AuthorizerGate>();
    }

    public static FrozenDictionary<string, GatewayAuthorizer> AuthorizersOf(IServiceProvider provider)
    {
        var authorizers = new Dictionary<string, GatewayAuthorizer>(StringComparer.Ordinal);
        foreach (var registration in provider.GetServices<AuthorizerRegistration>())
        {
            // The last registration wins, as it does in the container.
            authorizers[registration.Name] = registration.Create(provider);
        }

        return authorizers.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
