using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>Gives the application's connection, if it has handed one over.</summary>
/// <param name="Get">Gives the connection, or <see langword="null"/> if the gateway opens its own.</param>
internal sealed record RedisMultiplexerSource(Func<IConnectionMultiplexer>? Get)
{
    public bool IsGiven => Get is not null;
}
