using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

public sealed class TwoLevelResponseCacheStoreContractTests : StoreTests
{
    private protected override Task<CacheNode> CreateAsync(RedisServer server, TimeProvider time, string prefix) =>
        CacheNode.TwoLevelAsync(server, time, options => options.KeyPrefix = prefix);
}
