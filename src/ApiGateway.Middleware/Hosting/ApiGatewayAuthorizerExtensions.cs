using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds authorizers that run inside the application. Authorizers of definitions name them as their <c>Handler</c>.</summary>
public static class ApiGatewayAuthorizerExtensions
{
    /// <summary>Adds an authorizer that is a delegate.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <param name="authorizer">Decides.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddAuthorizer(this IApiGatewayBuilder builder, string name, GatewayAuthorizer authorizer)
    {
        ArgumentNullException.ThrowIfNull(authorizer);

        return Add(builder, name, _ => authorizer);
    }

    /// <summary>Adds an authorizer that is a class.</summary>
    /// <typeparam name="TAuthorizer">The authorizer; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddAuthorizer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>(this IApiGatewayBuilder builder, string name)
        where TAuthorizer : class, IGatewayAuthorizer
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<TAuthorizer>();
        return Add(builder, name, static provider => provider.GetRequiredService<TAuthorizer>().AuthorizeAsync);
    }

    /// <summary>Adds an authorizer that asks an authentication scheme of the application: whom it knows may call, others get 401.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The authorizer's name; case-sensitive.</param>
    /// <param name="scheme">The scheme, as it was added to <c>AddAuthentication()</c>, or <see langword="null"/> for the default scheme.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The principal must have a name, or a claim <c>sub</c> or name identifier. The scheme's challenge, such as a redirect or
    /// <c>WWW-Authenticate</c>, is not sent: the gateway's response <c>UNAUTHORIZED</c> is.
    /// </remarks>
    public static IApiGatewayBuilder AddAuthenticationScheme(this IApiGatewayBuilder builder, string name, string? scheme = null) =>
        Add(builder, name, _ => new SchemeAuthorizer(scheme).AuthorizeAsync);

    /// <summary>Adds an authorizer that asks an authorization policy of the application: 401 where it would challenge, 403 where it would forbid.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The authorizer's name; case-sensitive.</param>
    /// <param name="policy">The policy, as it was added to <c>AddAuthorization()</c>, or <see langword="null"/> for the default policy.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A policy without schemes of its own uses the default scheme.</remarks>
    public static IApiGatewayBuilder AddAuthorizationPolicy(this IApiGatewayBuilder builder, string name, string? policy = null) =>
        Add(builder, name, _ => new PolicyAuthorizer(policy).AuthorizeAsync);

    private static IApiGatewayBuilder Add(IApiGatewayBuilder builder, string name, Func<IServiceProvider, GatewayAuthorizer> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        builder.Services.AddSingleton(new Registration<GatewayAuthorizer>(name, create));
        return builder;
    }
}
