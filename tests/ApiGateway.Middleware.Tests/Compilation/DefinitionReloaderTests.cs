using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class DefinitionReloaderTests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _time = new();
    private readonly TriggeredProvider _provider = new();
    private readonly ServiceProvider _services;
    private readonly DefinitionReloader _reloader;

    public DefinitionReloaderTests()
    {
        _services = TestGateway.Services(gateway => gateway.Services
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IDefinitionProvider>(_provider));
        _reloader = Assert.Single(_services.GetServices<IHostedService>().OfType<DefinitionReloader>());
    }

    [Fact]
    public async Task StartingAsync_GoodDefinition_IsInForceBeforeItReturns()
    {
        _provider.Load = static (definition, _) => definition.Apis.Add(Compiled.Mocks("a", "GET /a"));

        await _reloader.StartingAsync(CancellationToken.None);

        Assert.Equal("a", Assert.Single(Current.Apis).Name);
    }

    [Fact]
    public async Task StartingAsync_WrongDefinition_ThrowsAllErrors()
    {
        _provider.Load = static (definition, errors) =>
        {
            errors.Add(new DefinitionOrigin("file", "a"), "is wrong.");
            definition.Apis.Add(Compiled.Mocks("a", "GET a"));
        };

        var exception = await Assert.ThrowsAsync<DefinitionException>(() => _reloader.StartingAsync(CancellationToken.None));

        Assert.Equal(2, exception.Errors.Count);
        Assert.Contains("file: a is wrong.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_SeveralInARow_ReloadsOnceAfterTheLast()
    {
        await _reloader.StartingAsync(CancellationToken.None);

        _provider.Change();
        _time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        _provider.Change();
        _time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _provider.Loads);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _time.Advance(Quiet);

        Assert.Equal(2, _provider.Loads);
    }

    [Fact]
    public async Task Change_WrongDefinition_KeepsTheOldOneAndReadsTheNextGoodOne()
    {
        _provider.Load = static (definition, _) => definition.Apis.Add(Compiled.Mocks("a", "GET /a"));
        await _reloader.StartingAsync(CancellationToken.None);
        var first = Current;

        _provider.Load = static (_, _) => throw new InvalidDataException("Half written.");
        _provider.Change();
        _time.Advance(Quiet);
        Assert.Same(first, Current);
        Assert.Contains("Half written.", Assert.Single(Publisher.LastErrors).Message, StringComparison.Ordinal);

        _provider.Load = static (definition, _) => definition.Apis.Add(Compiled.Mocks("b", "GET /a"));
        _provider.Change();
        _time.Advance(Quiet);
        Assert.Equal("b", Assert.Single(Current.Apis).Name);
        Assert.Empty(Publisher.LastErrors);
    }

    [Fact]
    public async Task Change_WhileTheFirstDefinitionLoads_IsNotLost()
    {
        _provider.Load = (_, _) =>
        {
            if (_provider.Loads == 1)
            {
                _provider.Change();
            }
        };
        await _reloader.StartingAsync(CancellationToken.None);

        _time.Advance(Quiet);

        Assert.Equal(2, _provider.Loads);
    }

    [Fact]
    public async Task Change_AfterStop_IsIgnored()
    {
        await _reloader.StartingAsync(CancellationToken.None);
        await _reloader.StoppingAsync(CancellationToken.None);

        _provider.Change();
        _time.Advance(Quiet);

        Assert.Equal(1, _provider.Loads);
    }

    public void Dispose() => _services.Dispose();

    private GatewaySnapshot Current => _services.GetRequiredService<SnapshotSource>().Current;

    private DefinitionPublisher Publisher => _services.GetRequiredService<DefinitionPublisher>();
}
