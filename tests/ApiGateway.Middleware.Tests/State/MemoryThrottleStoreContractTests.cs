using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class MemoryThrottleStoreContractTests : ThrottleStoreContract
{
    private readonly ManualTimeProvider _time = new();

    public MemoryThrottleStoreContractTests() => Store = new MemoryThrottleStore(_time);

    protected override IThrottleStore Store { get; }

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return Task.CompletedTask;
    }
}
