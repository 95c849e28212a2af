using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds APIs, definition providers and handlers to the gateway.</summary>
public static class ApiGatewayBuilderExtensions
{
    /// <summary>Adds a REST API written in code.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The API's name: letters, digits, hyphens and underscores.</param>
    /// <param name="configure">Adds methods and stages.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>What is wrong with the API is told, all at once, when the host starts.</remarks>
    public static IApiGatewayBuilder AddRestApi(this IApiGatewayBuilder builder, string name, Action<RestApiBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        // Built for each load, because compiled handlers and stages must not be shared with an earlier definition.
        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var api = new RestApiBuilder(name);
            configure(api);
            definition.Apis.Add(api.Definition);
        }));
        return builder;
    }

    /// <summary>Adds an HTTP API written in code.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The API's name: letters, digits, hyphens and underscores.</param>
    /// <param name="configure">Adds routes and stages.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>What is wrong with the API is told, all at once, when the host starts.</remarks>
    public static IApiGatewayBuilder AddHttpApi(this IApiGatewayBuilder builder, string name, Action<HttpApiBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var api = new HttpApiBuilder(name);
            configure(api);
            definition.Apis.Add(api.Definition);
        }));
        return builder;
    }

    /// <summary>Adds an HTTP API that hands everything to one backend: route <c>$default</c>, stage <c>$default</c>.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The API's name: letters, digits, hyphens and underscores.</param>
    /// <param name="target">The URL of an HTTP backend, or the ARN or name of a Lambda function, which gets events of format 2.0.</param>
    /// <param name="configure">Adds more, or nothing.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// What the service calls quick create. Without <see cref="ApiDefinition.Hosts"/> or <see cref="ApiDefinition.BasePath"/>, no request
    /// is left for endpoints of the application.
    /// </remarks>
    public static IApiGatewayBuilder AddHttpApi(
        this IApiGatewayBuilder builder, string name, string target, Action<HttpApiBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);

        return builder.AddHttpApi(name, api =>
        {
            api.Map("$default", route => _ = target.Contains("://", StringComparison.Ordinal) ? route.HttpProxy(target) : route.LambdaProxy(target));
            api.Stage("$default").Definition.Stages["$default"].AutoDeploy = true;
            configure?.Invoke(api);
        });
    }

    /// <summary>Adds a custom domain name and what it serves under its base paths.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="domainName">The host name, without port.</param>
    /// <param name="configure">Adds base path mappings.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddDomainName(
        this IApiGatewayBuilder builder, string domainName, Action<DomainNameDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(domainName);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var domain = new DomainNameDefinition(domainName);
            configure(domain);
            definition.DomainNames.Add(domain);
        }));
        return builder;
    }

    /// <summary>Adds a usage plan: what the holders of its API keys may do.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="id">The plan's id, by which keys refer to it and under which usage is kept.</param>
    /// <param name="configure">Adds stages, and sets throttle and quota.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddUsagePlan(this IApiGatewayBuilder builder, string id, Action<UsagePlanDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var plan = new UsagePlanDefinition(id);
            configure(plan);
            definition.UsagePlans.Add(plan);
        }));
        return builder;
    }

    /// <summary>Adds an API key.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="id">The key's id, under which usage is kept, whatever the value.</param>
    /// <param name="configure">Sets the value, and names the usage plans.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Values are secrets: read them from a store for secrets instead of writing them into code.</remarks>
    public static IApiGatewayBuilder AddApiKey(this IApiGatewayBuilder builder, string id, Action<ApiKeyDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IDefinitionProvider>(new CodeDefinitionProvider(definition =>
        {
            var key = new ApiKeyDefinition(id);
            configure(key);
            definition.ApiKeys.Add(key);
        }));
        return builder;
    }

    /// <summary>Adds a provider of definitions, such as a reader of another format.</summary>
    /// <typeparam name="TProvider">The provider; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddDefinitionProvider<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(this IApiGatewayBuilder builder)
        where TProvider : class, IDefinitionProvider
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDefinitionProvider, TProvider>());
        return builder;
    }

    /// <summary>Registers a delegate that <c>IN_PROCESS</c> integrations can name as their <c>Handler</c>.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <param name="handler">Answers the requests.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddHandler(this IApiGatewayBuilder builder, string name, RequestDelegate handler)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(handler);

        builder.Services.AddSingleton(new Registration<RequestDelegate>(name, _ => handler));
        return builder;
    }

    /// <summary>Registers a class that <c>IN_PROCESS</c> integrations can name as their <c>Handler</c>.</summary>
    /// <typeparam name="THandler">The handler; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name; case-sensitive. A later registration replaces an earlier one of the same name.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IApiGatewayBuilder builder, string name)
        where THandler : class, IInProcessHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        builder.Services.TryAddSingleton<THandler>();
        builder.Services.AddSingleton(new Registration<RequestDelegate>(
            name, static provider => provider.GetRequiredService<THandler>().HandleAsync));
        return builder;
    }
}
