using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton(SignaturesOf);
        services.TryAddSingleton<IJwksFetcher>(static provider => new HttpJwksFetcher(OptionsOf(provider).Jwt));
        services.TryAddSingleton<IJwksEvents>(static provider => new JwksEventLog(provider.GetRequiredService<ILogger<JwksProvider>>()));
        services.TryAddSingleton(static provider => new JwksProvider(
            provider.GetRequiredService<IJwksFetcher>(), OptionsOf(provider).Jwt, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IJwksEvents>()));
        services.TryAddSingleton(static provider => new JwtValidators(
            provider.GetRequiredService<JwksProvider>(), OptionsOf(provider).Jwt, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<TokenAuthorizer>();
    }

    /// <summary>Gets what options say of tokens.</summary>
    public static JwtOptions TokensOf(IServiceProvider provider)
    {
        try
        {
            return OptionsOf(provider).Jwt;
        }
        catch (OptionsValidationException)
        {
            // Told with the definition, together with all else that is wrong.
            return new JwtOptions();
        }
    }

    private static ApiGatewayOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value;

    private static SignatureAuthorizer SignaturesOf(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        var time = provider.GetRequiredService<TimeProvider>();
        var others = provider.GetService<ISigV4CredentialStore>() is { } store ? new CachingCredentialStore(store, options.SigV4, time) : null;
        return new SignatureAuthorizer(
            options.SigV4,
            new InMemoryCredentialStore(options.Credentials, others),
            new SignedCallers(options.SigV4.AllowWithoutPolicy, options.Partition, options.AccountId),
            time,
            provider.GetRequiredService<ILogger<SignatureAuthorizer>>());
    }
}
