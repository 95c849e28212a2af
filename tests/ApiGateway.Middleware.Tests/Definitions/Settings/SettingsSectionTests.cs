using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Definitions.Settings;

public sealed class SettingsSectionTests
{
    private const string Api = "ApiGateway:Apis:shop";

    [Theory]
    [InlineData($"{Api}:Rutes", "'Rutes' is not known here. Did you mean 'Routes'?")]
    [InlineData($"{Api}:routez:x", "Did you mean 'Routes'?")]
    [InlineData($"{Api}:Stages:dev:Varables:a", "Did you mean 'Variables'?")]
    [InlineData($"{Api}:Stages:dev:Telemetry", "'Telemetry' is not known here. Known: ")]
    [InlineData("ApiGateway:Regin", "Did you mean 'Region'?")]
    [InlineData("ApiGateway:DomainName:x:y", "Did you mean 'DomainNames'?")]
    [InlineData($"{Api}:Routes:GET /a:Integration:Typ", "Did you mean 'Type'?")]
    public async Task Load_UnknownKey_SuggestsTheNearMiss(string key, string expected)
    {
        var errors = await LoadAsync((key, "x"));

        Assert.Contains(errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_FarKey_SuggestsNothing()
    {
        var error = Assert.Single(await LoadAsync(($"{Api}:Stages:dev:Telemetry", "x")));

        Assert.DoesNotContain("Did you mean", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Api}:ResponseIds", "maybe", "'ResponseIds' must be true or false, but is 'maybe'.")]
    [InlineData($"{Api}:Routes:GET /a:Integration:TimeoutInMillis", "1.5", "'TimeoutInMillis' must be a whole number, but is '1.5'.")]
    [InlineData($"{Api}:Routes:GET /a:Integration:Type", "MOCKS", "must be one of HTTP_PROXY, HTTP, MOCK, IN_PROCESS, AWS_PROXY, but is 'MOCKS'. Did you mean 'MOCK'?")]
    [InlineData($"{Api}:HeaderProfile", "Amazon", "'HeaderProfile' must be one of Plain, Aws, but is 'Amazon'.")]
    [InlineData($"{Api}:Description:deep", "x", "'Description' must be a text, but is an object or a list.")]
    [InlineData($"{Api}:Hosts:0:deep", "x", "'Hosts' must be a list of texts.")]
    [InlineData($"{Api}:Stages:dev:Variables:a:deep", "x", "The members of 'Variables' must be texts.")]
    [InlineData($"{Api}:Routes:orders:Integration:Type", "MOCK", "A route's key is 'METHOD /path'")]
    public async Task Load_WrongValue_SaysWhereAndWhat(string key, string value, string expected)
    {
        var errors = await LoadAsync((key, value));

        var error = Assert.Single(errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
        Assert.Equal("Memory", error.Origin.Source);
        Assert.StartsWith(Api, error.Origin.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_SeveralErrors_TellsAllAtOnce()
    {
        var errors = await LoadAsync(
            ("ApiGateway:Regin", "x"), ($"{Api}:Rutes", "x"), ($"{Api}:ResponseIds", "x"), ($"{Api}:Routes:GET /a:Integration:Type", "x"),
            ("ApiGateway:DomainNames:api.example.com:Mappings", "x"));

        string[] expected =
        [
            "ApiGateway:Regin", $"{Api}:Rutes", $"{Api}:ResponseIds", $"{Api}:Routes:GET /a:Integration:Type",
            "ApiGateway:DomainNames:api.example.com:Mappings",
        ];
        Assert.Subset(errors.Select(static error => error.Origin.Path).ToHashSet(), expected.ToHashSet());
    }

    [Fact]
    public async Task Load_EmptyObject_IsAStageWithDefaults()
    {
        var services = Services((($"{Api}:Routes:GET /a:Integration:Type"), "MOCK"), ($"{Api}:Stages:dev", null));

        await using (services)
        {
            Assert.Empty(await services.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None));
            Assert.Equal("dev", Assert.Single(services.GetRequiredService<Middleware.Snapshots.SnapshotSource>().Current.Stages).Name);
        }
    }

    [Fact]
    public async Task Load_ValuesInAnyLetterCase_AreRead()
    {
        var errors = await LoadAsync(
            ($"{Api}:routes:GET /a:integration:type", "mock"), ($"{Api}:responseids", "TRUE"), ($"{Api}:headerprofile", "aws"),
            ($"{Api}:hosts", "api.example.com"), ("ApiGateway:region", "eu-central-1"));

        Assert.Empty(errors);
    }

    [Fact]
    public async Task AddApiGateway_OtherSection_IsReadInstead()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("ApiGateway:Nonsense", "x"), new("Other:Gateway:Apis:shop:Stagez", "x")]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddApiGateway(configuration.GetSection("Other:Gateway"));
        await using var provider = services.BuildServiceProvider();

        var error = Assert.Single(await provider.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None));

        Assert.Equal("Other:Gateway:Apis:shop:Stagez", error.Origin.Path);
    }

    private static async Task<IReadOnlyList<DefinitionError>> LoadAsync(params (string Key, string? Value)[] settings)
    {
        await using var services = Services(settings);
        return await services.GetRequiredService<DefinitionPublisher>().PublishAsync(CancellationToken.None);
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings) =>
        TestGateway.Services(static _ => { }, [.. settings.Select(static item => KeyValuePair.Create(item.Key, item.Value))]);
}
