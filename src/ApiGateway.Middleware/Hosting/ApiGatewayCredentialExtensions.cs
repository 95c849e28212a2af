using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds the store of the access keys with which callers sign their requests (<c>AWS_IAM</c>).</summary>
public static class ApiGatewayCredentialExtensions
{
    /// <summary>Adds a store that is a class.</summary>
    /// <typeparam name="TStore">The store; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Takes the place of an earlier one. Keys of the options come first; what the store says is remembered
    /// (<see cref="SigV4Options.CredentialCacheTtl"/>).
    /// </remarks>
    public static IApiGatewayBuilder AddSigV4CredentialStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(this IApiGatewayBuilder builder)
        where TStore : class, ISigV4CredentialStore
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.Replace(ServiceDescriptor.Singleton<ISigV4CredentialStore, TStore>());
        return builder;
    }

    /// <summary>Adds a store that is a delegate.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="find">Finds an access key by its id, or gives <see langword="null"/>. Throwing is a fault, answered with 500.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Takes the place of an earlier one. Keys of the options come first; what the store says is remembered
    /// (<see cref="SigV4Options.CredentialCacheTtl"/>).
    /// </remarks>
    public static IApiGatewayBuilder AddSigV4CredentialStore(
        this IApiGatewayBuilder builder, Func<string, CancellationToken, ValueTask<SigV4Credential?>> find)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(find);

        builder.Services.Replace(ServiceDescriptor.Singleton<ISigV4CredentialStore>(new DelegateCredentialStore(find)));
        return builder;
    }
}
