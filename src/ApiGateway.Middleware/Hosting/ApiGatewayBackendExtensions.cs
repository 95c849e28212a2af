using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds what integrations find by name: the backends behind VPC links, and actions of AWS services.</summary>
public static class ApiGatewayBackendExtensions
{
    /// <summary>Adds the one backend behind a VPC link.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="linkId">The link's id, as integrations have it in <c>ConnectionId</c>; case counts. A later registration replaces an
    /// earlier one of the same id, and one of the section <c>VpcLinks</c>.</param>
    /// <param name="address">Scheme, host and port, such as <c>http://10.0.0.5:8080</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="address"/> is no such address.</exception>
    public static IApiGatewayBuilder AddVpcLink(this IApiGatewayBuilder builder, string linkId, string address)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        if (!ServerAddress.TryParse(address, out var server))
        {
            throw new ArgumentException($"A VPC link leads to scheme, host and port such as 'http://10.0.0.5:8080', but it is '{address}'.", nameof(address));
        }

        return builder.AddVpcLink(linkId, _ => server);
    }

    /// <summary>Adds a VPC link with several backends, or one that moves.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="linkId">The link's id, as integrations have it in <c>ConnectionId</c>; case counts.</param>
    /// <param name="resolver">Finds the backend of a request.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddVpcLink(this IApiGatewayBuilder builder, string linkId, VpcLinkResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(linkId);
        ArgumentNullException.ThrowIfNull(resolver);

        builder.Services.AddSingleton(new VpcLinkRegistration(linkId, resolver));
        return builder;
    }

    /// <summary>Adds what carries out an action of an AWS service for integrations of HTTP APIs with that subtype.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="subtype">The subtype, such as <c>SQS-SendMessage</c>. A later registration replaces an earlier one of the same subtype.</param>
    /// <param name="action">Carries it out.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such subtype.</exception>
    /// <remarks>Without one, the gateway calls the service itself where it knows how, signed with the keys of <see cref="ApiGatewayOptions.Aws"/>.</remarks>
    public static IApiGatewayBuilder AddServiceAction(this IApiGatewayBuilder builder, string subtype, ServiceAction action)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(subtype);
        ArgumentNullException.ThrowIfNull(action);
        if (!ServiceSubtype.All.ContainsKey(subtype))
        {
            var known = string.Join(", ", ServiceSubtype.All.Keys.Order(StringComparer.Ordinal));
            throw new ArgumentException($"There is no subtype '{subtype}'. Known: {known}.", nameof(subtype));
        }

        builder.Services.AddSingleton(new ServiceActionRegistration(subtype, action));
        return builder;
    }
}
