using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Tests.Hosting;

public sealed class ApiGatewayOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => Assert.True(new ApiGatewayOptionsValidator().Validate(null, new ApiGatewayOptions()).Succeeded);

    public static TheoryData<string, Action<ApiGatewayOptions>> WrongValues => new()
    {
        { nameof(ApiGatewayOptions.Region), static options => options.Region = "" },
        { nameof(ApiGatewayOptions.Region), static options => options.Region = "US-EAST-1" },
        { nameof(ApiGatewayOptions.AccountId), static options => options.AccountId = "12345678901" },
        { nameof(ApiGatewayOptions.AccountId), static options => options.AccountId = "12345678901x" },
        { nameof(ApiGatewayOptions.Partition), static options => options.Partition = "azure" },
        { nameof(ApiGatewayOptions.ForwardLimit), static options => options.ForwardLimit = 0 },
        { nameof(ApiGatewayOptions.ForwardLimit), static options => options.ForwardLimit = 33 },
        { nameof(ApiGatewayOptions.TrustedProxies), static options => options.TrustedProxies.Add("10.0.0.0/33") },
        { nameof(ApiGatewayOptions.TrustedProxies), static options => options.TrustedProxies.Add("proxy.example.com") },
        { nameof(ApiGatewayOptions.ConnectTimeout), static options => options.ConnectTimeout = TimeSpan.Zero },
        { nameof(ApiGatewayOptions.PooledConnectionLifetime), static options => options.PooledConnectionLifetime = TimeSpan.FromDays(2) },
        { nameof(ApiGatewayOptions.PooledConnectionIdleTimeout), static options => options.PooledConnectionIdleTimeout = TimeSpan.FromTicks(-1) },
        { nameof(ApiGatewayOptions.MaxConnectionsPerServer), static options => options.MaxConnectionsPerServer = 0 },
        { "Credentials:AKIA:PrincipalArn", static options => options.Credentials.Add(new SigV4Credential("AKIA", "s") { PrincipalArn = "ann" }) },
        { "Credentials:AKIA:Policies:0", static options => options.Credentials.Add(new SigV4Credential("AKIA", "s") { IdentityPolicies = ["{}"] }) },
        { "Credentials:AKIA:PermissionsBoundary", static options => options.Credentials.Add(new SigV4Credential("AKIA", "s") { PermissionsBoundary = "x" }) },
        { "Cache:EncryptionKey", static options => options.Cache.EncryptionKey = "no base64" },
        { "Cache:EncryptionKey", static options => options.Cache.EncryptionKey = Convert.ToBase64String(new byte[15]) },
        { "Cache:StoreTimeout", static options => options.Cache.StoreTimeout = TimeSpan.Zero },
        { "Jwt:UserPools:p:Issuer", static options => options.Jwt.UserPools["p"] = new UserPoolOptions { Issuer = "http://127.0.0.1:9229" } },
        { "Jwt:ClockSkew", static options => options.Jwt.ClockSkew = TimeSpan.FromSeconds(301) },
        { "Jwt:UserPools:p:JwksUri", static options => options.Jwt.UserPools["p"] = new UserPoolOptions { JwksUri = "keys.json" } },
        { "WebSockets:MaxMessageBytes", static options => options.WebSockets.MaxMessageBytes = 0 },
        { "WebSockets:MaxFrameBytes", static options => options.WebSockets.MaxFrameBytes = -1 },
        { "WebSockets:MaxConcurrentMessagesPerConnection", static options => options.WebSockets.MaxConcurrentMessagesPerConnection = 10_001 },
        { "WebSockets:SendQueueMessages", static options => options.WebSockets.SendQueueMessages = 0 },
        { "WebSockets:SendQueueBytes", static options => options.WebSockets.SendQueueBytes = 0 },
        { "WebSockets:IdleTimeout", static options => options.WebSockets.IdleTimeout = TimeSpan.Zero },
        { "WebSockets:MaxConnectionLifetime", static options => options.WebSockets.MaxConnectionLifetime = TimeSpan.FromDays(31) },
        { "WebSockets:AnswerTimeout", static options => options.WebSockets.AnswerTimeout = TimeSpan.Zero },
        { "WebSockets:NodeTimeout", static options => options.WebSockets.NodeTimeout = TimeSpan.Zero },
        { "WebSockets:CloseTimeout", static options => options.WebSockets.CloseTimeout = TimeSpan.Zero },
        { "WebSockets:DrainTimeout", static options => options.WebSockets.DrainTimeout = TimeSpan.Zero },
        { "WebSockets:HeartbeatInterval", static options => options.WebSockets.HeartbeatInterval = TimeSpan.Zero },
        { "WebSockets:NodeSilence", static options => options.WebSockets.NodeSilence = TimeSpan.FromSeconds(19) },
        { "WebSockets:KeepAliveInterval", static options => options.WebSockets.KeepAliveInterval = TimeSpan.FromTicks(-1) },
    };

    [Theory]
    [MemberData(nameof(WrongValues), DisableDiscoveryEnumeration = true)]
    public void Validate_WrongValue_NamesTheMember(string member, Action<ApiGatewayOptions> change)
    {
        var options = new ApiGatewayOptions();
        change(options);

        var result = new ApiGatewayOptionsValidator().Validate(null, options);

        Assert.Contains(member, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_WebSockets_EachMemberIsRead()
    {
        using var services = TestGateway.Services(
            static _ => { },
            new("ApiGateway:WebSockets:MaxMessageBytes", "1"), new("ApiGateway:WebSockets:MaxFrameBytes", "2"),
            new("ApiGateway:WebSockets:MaxConcurrentMessagesPerConnection", "3"), new("ApiGateway:WebSockets:SendQueueMessages", "4"),
            new("ApiGateway:WebSockets:SendQueueBytes", "5"), new("ApiGateway:WebSockets:IdleTimeout", "00:00:06"),
            new("ApiGateway:WebSockets:MaxConnectionLifetime", "00:00:07"), new("ApiGateway:WebSockets:AnswerTimeout", "00:00:08"),
            new("ApiGateway:WebSockets:NodeTimeout", "00:00:09"), new("ApiGateway:WebSockets:CloseTimeout", "00:00:10"),
            new("ApiGateway:WebSockets:DrainTimeout", "00:00:11"), new("ApiGateway:WebSockets:HeartbeatInterval", "00:00:12"),
            new("ApiGateway:WebSockets:NodeSilence", "00:00:24"), new("ApiGateway:WebSockets:KeepAliveInterval", "00:00:14"),
            new("ApiGateway:WebSockets:AllowExtendedConnect", "true"));

        var read = services.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.WebSockets;

        Assert.Equal(
            [1, 2, 3, 4, 5],
            [read.MaxMessageBytes, read.MaxFrameBytes, read.MaxConcurrentMessagesPerConnection, read.SendQueueMessages, read.SendQueueBytes]);
        Assert.True(read.AllowExtendedConnect);
        Assert.Equal(
            [6, 7, 8, 9, 10, 11, 12, 24, 14],
            new[]
            {
                read.IdleTimeout, read.MaxConnectionLifetime, read.AnswerTimeout, read.NodeTimeout, read.CloseTimeout, read.DrainTimeout,
                read.HeartbeatInterval, read.NodeSilence, read.KeepAliveInterval,
            }.Select(static duration => duration.TotalSeconds));
    }

    [Fact]
    public void Configure_Cache_IsReadAndItsKeyCanHaveEachLength()
    {
        foreach (var length in (int[])[16, 24, 32])
        {
            using var services = TestGateway.Services(
                static _ => { },
                new("ApiGateway:Cache:EncryptionKey", Convert.ToBase64String(new byte[length])), new("ApiGateway:Cache:StoreTimeout", "00:00:00.100"));

            var options = services.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.Cache;

            Assert.Equal(TimeSpan.FromMilliseconds(100), options.StoreTimeout);
            Assert.True(CacheOptions.TryReadKey(options.EncryptionKey!, out var key));
            Assert.Equal(length, key.Length);
        }
    }

    [Fact]
    public void Configure_Settings_AreReadAndCodeWins()
    {
        using var services = TestGateway.Services(
            static gateway => gateway.Services.AddApiGateway(static options => options.ForwardLimit = 5),
            new("ApiGateway:Region", "eu-central-1"), new("ApiGateway:ForwardLimit", "3"), new("ApiGateway:AccessDeniedDetail", "extended"), new("ApiGateway:MaxConnectionsPerServer", "7"),
            new("ApiGateway:ConnectTimeout", "00:00:03"), new("ApiGateway:TrustedProxies:0", "10.0.0.0/8"), new("ApiGateway:TrustedProxies:1", "::1"));

        var options = services.GetRequiredService<IOptions<ApiGatewayOptions>>().Value;

        Assert.Equal("eu-central-1", options.Region);
        Assert.Equal(5, options.ForwardLimit);
        Assert.Equal(AccessDeniedDetail.Extended, options.AccessDeniedDetail);
        Assert.Equal(7, options.MaxConnectionsPerServer);
        Assert.Equal(TimeSpan.FromSeconds(3), options.ConnectTimeout);
        Assert.Equal(["10.0.0.0/8", "::1"], options.TrustedProxies);
    }

    [Fact]
    public void Validate_KeyTwice_NamesIt()
    {
        var options = new ApiGatewayOptions();
        options.Credentials.Add(new SigV4Credential("AKIA", "a"));
        options.Credentials.Add(new SigV4Credential("AKIA", "b"));

        Assert.Contains("Credentials:AKIA", Assert.Single(new ApiGatewayOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_Callers_AreRead()
    {
        using var services = TestGateway.Services(
            static _ => { },
            new("ApiGateway:Credentials:AKIA1:SecretAccessKey", "s"), new("ApiGateway:SigV4:AllowWithoutPolicy", "true"),
            new("ApiGateway:Jwt:AllowInsecureJwks", "true"), new("ApiGateway:Jwt:ExtendHttpApiKeys", "true"), new("ApiGateway:Jwt:ClockSkew", "00:00:30"), new("ApiGateway:Jwt:UserPools:p:Issuer", "http://127.0.0.1:9229"));

        var options = services.GetRequiredService<IOptions<ApiGatewayOptions>>().Value;

        Assert.Equal("AKIA1", Assert.Single(options.Credentials).AccessKeyId);
        Assert.True(options.SigV4.AllowWithoutPolicy);
        Assert.False(options.SigV4.VerboseMismatch);
        Assert.Equal((true, TimeSpan.FromSeconds(30)), (options.Jwt.ExtendHttpApiKeys, options.Jwt.ClockSkew));
        Assert.Equal("http://127.0.0.1:9229", options.Jwt.UserPools["p"].Issuer);
    }

    [Fact]
    public async Task Load_WrongOptions_AreErrorsOfTheDefinition()
    {
        await using var services = TestGateway.Services(
            static _ => { }, new("ApiGateway:ForwardLimit", "many"), new("ApiGateway:ConnectTimeout", "soon"));

        var errors = await services.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None);

        Assert.Equal(
            ["ForwardLimit: must be a whole number, but is 'many'.", "ConnectTimeout: must be a duration such as '00:00:10', but is 'soon'."],
            errors.Select(static error => error.Message));
    }

    [Fact]
    public async Task Load_Options_ReachTheSnapshot()
    {
        await using var services = await TestGateway.ServicesAsync(
            static gateway => gateway.AddRestApi("api", static api => api.Map("GET /a", static method => method.Mock()).Stage("dev")),
            new("ApiGateway:Region", "eu-central-1"), new("ApiGateway:TrustedProxies:0", "192.0.2.1"),
            new("ApiGateway:TrustedProxies:1", "::ffff:192.0.2.3"));

        var snapshot = services.GetRequiredService<SnapshotSource>().Current;

        Assert.Equal("eu-central-1", Assert.Single(snapshot.Apis).Region);
        Assert.True(snapshot.ClientAddress.Trusts(System.Net.IPAddress.Parse("192.0.2.1")));
        Assert.True(snapshot.ClientAddress.Trusts(System.Net.IPAddress.Parse("192.0.2.3")));
        Assert.False(snapshot.ClientAddress.Trusts(System.Net.IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public async Task AddApiGateway_Twice_AddsNothingTwice()
    {
        await using var services = await TestGateway.ServicesAsync(static gateway => gateway.Services.AddApiGateway()
            .AddRestApi("api", static api => api.Map("GET /a", static method => method.Mock()).Stage("dev")));

        Assert.Single(services.GetRequiredService<SnapshotSource>().Current.Apis);
        Assert.All(
            services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().CountBy(static service => service.GetType()), static type => Assert.Equal(1, type.Value));
    }
}
