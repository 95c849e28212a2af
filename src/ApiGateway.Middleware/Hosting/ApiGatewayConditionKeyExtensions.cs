using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds condition keys of the application, for the policies of APIs, authorizers and access keys.</summary>
public static class ApiGatewayConditionKeyExtensions
{
    /// <summary>Adds one condition key.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="key">The key, such as <c>shop:Tenant</c>; see <see cref="IConditionKeyProvider.Keys"/>. Of two registrations of one key the first counts.</param>
    /// <param name="values">Gets its values for a request; none if the request does not have the key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> has no prefix, or that of AWS.</exception>
    public static IApiGatewayBuilder AddConditionKey(this IApiGatewayBuilder builder, string key, Func<HttpContext, StringValues> values)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(values);

        ConditionKeySet.Check(key);
        builder.Services.AddSingleton<IConditionKeyProvider>(new DelegateConditionKey(key, values));
        return builder;
    }

    /// <summary>Adds the condition keys of a class.</summary>
    /// <typeparam name="TProvider">The class; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddConditionKeys<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(this IApiGatewayBuilder builder)
        where TProvider : class, IConditionKeyProvider
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConditionKeyProvider, TProvider>());
        return builder;
    }
}
