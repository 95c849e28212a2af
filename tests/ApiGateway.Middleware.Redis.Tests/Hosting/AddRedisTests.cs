using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Tests.Hosting;

public sealed class AddRedisTests
{
    [Fact]
    public void AddRedis_Settings_AreRead()
    {
        var options = OptionsOf(
            static gateway => gateway.AddRedis(),
            ("ApiGateway:Redis:Configuration", "a:1,password=secret"),
            ("ApiGateway:Redis:KeyPrefix", "shop:"),
            ("ApiGateway:Redis:Mode", "leased"),
            ("ApiGateway:Redis:OnFailure", "Closed"),
            ("ApiGateway:Redis:OnFailureOf:orders", "open"),
            ("ApiGateway:Redis:Timeout", "00:00:00.020"));

        Assert.Equal("a:1,password=secret", options.Configuration);
        Assert.Equal("shop:", options.KeyPrefix);
        Assert.Equal(RedisMode.Leased, options.Mode);
        Assert.Equal(RedisFailureMode.Closed, options.OnFailure);
        Assert.Equal(RedisFailureMode.Open, Assert.Single(options.OnFailureOf, static api => api.Key == "orders").Value);
        Assert.Equal(TimeSpan.FromMilliseconds(20), options.Timeout);
    }

    [Fact]
    public void AddRedis_NothingButTheServer_HasDefaults()
    {
        var options = OptionsOf(static gateway => gateway.AddRedis("127.0.0.1:6379"));

        Assert.Equal("", options.KeyPrefix);
        Assert.Equal(RedisMode.Exact, options.Mode);
        Assert.Equal(RedisFailureMode.Local, options.OnFailure);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.Timeout);
    }

    [Fact]
    public void AddRedis_CodeAndSettings_CodeWins() =>
        Assert.Equal("b:2", OptionsOf(static gateway => gateway.AddRedis("b:2"), ("ApiGateway:Redis:Configuration", "a:1")).Configuration);

    [Fact]
    public void AddRedis_SectionOfAnotherName_IsRead()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Cache:Redis:Configuration", "c:3")]).Build().GetSection("Cache:Redis");

        Assert.Equal("c:3", OptionsOf(gateway => gateway.AddRedis(section), ("ApiGateway:Redis:Configuration", "a:1")).Configuration);
    }

    [Theory]
    [InlineData("Configuration", "", "must name a server, such as '127.0.0.1:6379', but is empty")]
    [InlineData("Configuration", "a:1,password=secret,nonsense=1", "cannot be read (ArgumentException)")]
    [InlineData("KeyPrefix", "a{b", "must have up to 64 characters and no braces")]
    [InlineData("Mode", "0", "must be one of Exact, Leased, but is '0'")]
    [InlineData("OnFailure", "Shut", "must be one of Local, Open, Closed, but is 'Shut'")]
    [InlineData("OnFailureOf:orders", "Shut", "OnFailureOf:orders: must be one of Local, Open, Closed, but is 'Shut'")]
    [InlineData("Timeout", "50", "must be from 00:00:00.001 to 00:00:10")]
    [InlineData("Timeout", "50ms", "must be a duration such as '00:00:00.050', but is '50ms'")]
    [InlineData("Password", "secret", "ApiGateway:Redis:Password: is not known here")]
    public void AddRedis_WrongSetting_IsToldWithoutSecrets(string key, string value, string told)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => OptionsOf(
            static gateway => gateway.AddRedis(), ("ApiGateway:Redis:Configuration", "a:1"), ($"ApiGateway:Redis:{key}", value)));

        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongSetting_StopsTheHost()
    {
        using var host = HostOf(static gateway => gateway.AddRedis(static options => options.Timeout = TimeSpan.Zero));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Timeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServerAway_StartsDegraded()
    {
        await using var server = RedisServer.NotStarted();
        using var host = HostOf(gateway => gateway.AddRedis(server.Configuration));

        await host.StartAsync().InTime();
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, health.Entries["api_gateway_redis"].Status);
        await host.StopAsync().InTime();
    }

    [Fact]
    public async Task Start_ServerThere_IsHealthyAtOnce()
    {
        await using var server = await RedisServer.StartAsync();
        using var host = HostOf(gateway => gateway.AddRedis(options =>
        {
            options.Configuration = server.Configuration;
            options.Timeout = TimeSpan.FromSeconds(1);
        }));

        await host.StartAsync().InTime();
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, health.Entries["api_gateway_redis"].Status);
        await host.StopAsync().InTime();
    }

    [Fact]
    public async Task AddRedis_ConnectionOfTheApplication_IsUsedAndLeftOpen()
    {
        await using var server = await RedisServer.StartAsync();
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.Configuration);
        var client = RedisClient.Create("", services: services =>
        {
            services.AddSingleton<IConnectionMultiplexer>(multiplexer);
            services.AddApiGateway().AddRedis(static provider => provider.GetRequiredService<IConnectionMultiplexer>());
        });
        client.Connection.Start();
        await client.WhenUpAsync();

        Assert.Same(multiplexer, client.Connection.Multiplexer);
        await client.DisposeAsync();
        Assert.True(multiplexer.IsConnected);
    }

    [Fact]
    public async Task AddRedis_SomethingElseThanAConnection_IsTold()
    {
        var logs = new LogLines();
        await using var client = RedisClient.Create("", services: services =>
        {
            services.AddLogging(logging => logging.AddProvider(logs));
            services.AddApiGateway().AddRedis(static _ => "127.0.0.1:6379");
        });
        client.Connection.Start();
        await client.Connection.FirstAttempt.InTime();

        Assert.False(client.Connection.IsUp);
        Assert.Contains(logs.All, static line => line.Contains("must return an IConnectionMultiplexer, but has returned System.String", StringComparison.Ordinal));
    }

    [Fact]
    public void AddRedis_PublicMembers_HaveNoTypesOfTheClient()
    {
        // An application that brings a newer version of the client could not compile a call of any overload of such a method.
        var types = typeof(ApiGatewayRedisExtensions).Assembly.GetExportedTypes()
            .SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType));

        Assert.DoesNotContain(types, static type => type.ToString().Contains("StackExchange", StringComparison.Ordinal));
    }

    [Fact]
    public void AddRedis_Twice_AddsOneConnection()
    {
        var services = new ServiceCollection();

        services.AddApiGateway().AddRedis("a:1").AddRedis("a:1");

        Assert.Single(services, static service => service.ServiceType == typeof(RedisConnection));
        Assert.Single(services, static service => service.ImplementationType == typeof(RedisConnectionStarter));
    }

    private static IHost HostOf(Action<IApiGatewayBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var gateway = builder.Services.AddApiGateway();
        gateway.AddRedis("127.0.0.1:1");
        configure(gateway);
        builder.Services.AddHealthChecks().AddApiGatewayRedis();
        return builder.Build();
    }

    private static RedisOptions OptionsOf(Action<IApiGatewayBuilder> configure, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        configure(services.AddApiGateway());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<RedisOptions>>().Value;
    }
}
