using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Lets the hosts of a gateway share their state in Redis.</summary>
public static class ApiGatewayRedisExtensions
{
    /// <summary>Uses the server of the configuration section <c>ApiGateway:Redis</c>.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The host starts whether the server is there or not, and connects in the background; <see cref="RedisOptions.OnFailure"/> says what
    /// happens meanwhile. Calling it twice is harmless. Throws <see cref="OptionsValidationException"/> at start if a value is out of range.
    /// </remarks>
    public static IApiGatewayBuilder AddRedis(this IApiGatewayBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider =>
            new RedisSettings(provider.GetService<IConfiguration>()?.GetSection(RedisOptions.SectionName)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RedisOptions>, RedisOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>());
        services.AddOptions<RedisOptions>().ValidateOnStart();

        services.TryAddSingleton(static _ => new RedisMultiplexerSource(null));
        services.TryAddSingleton<RedisMetrics>();
        services.TryAddSingleton<RedisConnection>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RedisConnectionStarter>());
        CacheServices.Add(services);
        ThrottlingServices.Add(services);
        ConnectionServices.Add(services);
        return builder;
    }

    /// <summary>Uses the server that <paramref name="configuration"/> names.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="configuration">Servers and how to connect to them, as in <see cref="RedisOptions.Configuration"/>. It wins over configuration.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddRedis(this IApiGatewayBuilder builder, string configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);

        return builder.AddRedis(options => options.Configuration = configuration);
    }

    /// <summary>Uses the server that the options name.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="configure">Sets options; runs after configuration and wins over it.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddRedis(this IApiGatewayBuilder builder, Action<RedisOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        builder.AddRedis();
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Uses the server of a configuration section of any name.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="section">The section with the members of <see cref="RedisOptions"/>. It takes the place of <c>ApiGateway:Redis</c>.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddRedis(this IApiGatewayBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        builder.Services.RemoveAll<RedisSettings>();
        builder.Services.AddSingleton(new RedisSettings(section));
        return builder.AddRedis();
    }

    /// <summary>Uses the application's own connection, such as one of its services. The gateway does not close it.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="multiplexer">
    /// Gives the connection, an <c>IConnectionMultiplexer</c> of whatever version of StackExchange.Redis the application has. Called in the
    /// background, and again if it throws. <see cref="RedisOptions.Configuration"/> is not looked at.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <code>gateway.AddRedis(static services => services.GetRequiredService&lt;IConnectionMultiplexer&gt;());</code>
    /// The result is an <see cref="object"/> because this assembly is compiled against the lowest version, which has no strong name: a compiler
    /// takes its types for others than those of newer versions, while at run time they are the same.
    /// </remarks>
    public static IApiGatewayBuilder AddRedis(this IApiGatewayBuilder builder, Func<IServiceProvider, object> multiplexer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(multiplexer);

        builder.Services.RemoveAll<RedisMultiplexerSource>();
        builder.Services.AddSingleton(provider => new RedisMultiplexerSource(() => Check(multiplexer(provider))));
        return builder.AddRedis();
    }

    private static IConnectionMultiplexer Check(object? connection) => connection as IConnectionMultiplexer ?? throw new InvalidOperationException(
        $"The function that AddRedis was given must return an IConnectionMultiplexer, but has returned {connection?.GetType().FullName ?? "null"}.");
}
