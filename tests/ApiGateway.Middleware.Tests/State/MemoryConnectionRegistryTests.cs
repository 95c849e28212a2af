using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Tests.Contracts;

namespace ApiGateway.Middleware.Tests.State;

public sealed class MemoryConnectionRegistryTests : ConnectionRegistryContract
{
    [Fact]
    public void IsShared_Memory_IsNot() => Assert.False(new MemoryConnectionRegistry().IsShared);

    private protected override ValueTask<IConnectionRegistry> CreateAsync() => new(new MemoryConnectionRegistry());
}
