using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds WebSocket APIs, and handlers of their messages.</summary>
public static class ApiGatewayWebSocketExtensions
{
    /// <summary>Adds a WebSocket API written in code.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The API's name: letters, digits, hyphens and underscores.</param>
    /// <param name="configure">Adds routes and stages.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>What is wrong with the API is told, all at once, when the host starts.</remarks>
    public static IApiGatewayBuilder AddWebSocketApi(this IApiGatewayBuilder builder, string name, Action<WebSocketApiBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var api = new WebSocketApiBuilder(name);
            configure(api);
            definition.Apis.Add(api.Definition);
        }));
        return builder;
    }

    /// <summary>Registers a delegate that <c>IN_PROCESS</c> integrations of WebSocket APIs can name as their <c>Handler</c>.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <param name="handler">Takes the messages; see <see cref="IWebSocketHandler"/>.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddWebSocketHandler(this IApiGatewayBuilder builder, string name, Func<WebSocketMessage, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(handler);

        builder.Services.AddSingleton(new Registration<Func<WebSocketMessage, ValueTask>>(name, _ => handler));
        return builder;
    }

    /// <summary>Registers a class that <c>IN_PROCESS</c> integrations of WebSocket APIs can name as their <c>Handler</c>.</summary>
    /// <typeparam name="THandler">The handler; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddWebSocketHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IApiGatewayBuilder builder, string name)
        where THandler : class, IWebSocketHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        builder.Services.TryAddSingleton<THandler>();
        builder.Services.AddSingleton(new Registration<Func<WebSocketMessage, ValueTask>>(
            name, static provider => provider.GetRequiredService<THandler>().HandleAsync));
        return builder;
    }
}
