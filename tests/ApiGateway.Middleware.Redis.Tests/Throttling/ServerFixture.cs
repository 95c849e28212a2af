using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>One server for the tests of a class; each has keys of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    internal RedisServer? Server { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.IsInstalled)
        {
            Server = await RedisServer.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
