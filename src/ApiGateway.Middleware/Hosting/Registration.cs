using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Something of the application, and the name under which definitions find it.</summary>
/// <typeparam name="T">A handler, a function or an authorizer.</typeparam>
/// <param name="Name">The name; case counts.</param>
/// <param name="Create">Makes it, or gets it from the container.</param>
internal sealed record Registration<T>(string Name, Func<IServiceProvider, T> Create)
{
    /// <summary>Gets all of a kind by their names. The last registration of a name wins, as it does in the container.</summary>
    public static FrozenDictionary<string, T> AllOf(IServiceProvider provider)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var registration in provider.GetServices<Registration<T>>())
        {
            all[registration.Name] = registration.Create(provider);
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
