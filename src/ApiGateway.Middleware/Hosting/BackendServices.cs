using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Finds what the application and its settings have registered for integrations: VPC links and service actions.</summary>
internal static class BackendServices
{
    /// <summary>Finds a VPC link; what code registers comes before the settings, and the last registration wins.</summary>
    public static VpcLinkResolver? FindLink(IServiceProvider provider, string id)
    {
        if (provider.GetServices<VpcLinkRegistration>().LastOrDefault(registration => registration.Id == id) is { } registration)
        {
            return registration.Resolver;
        }

        try
        {
            var links = provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.VpcLinks;
            if (!links.TryGetValue(id, out var text))
            {
                return null;
            }

            var address = new Uri(text);
            return _ => address;
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the options is told with the definition already, and nothing is called.
            return static _ => null;
        }
    }

    /// <summary>Finds an action; the last registration wins.</summary>
    public static ServiceAction? FindAction(IServiceProvider provider, string subtype) =>
        provider.GetServices<ServiceActionRegistration>().LastOrDefault(registration => registration.Subtype == subtype)?.Action;
}
