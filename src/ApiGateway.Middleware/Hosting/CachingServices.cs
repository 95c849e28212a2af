using System.Security.Cryptography;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting.Caching;
using ApiGateway.Middleware.Pipeline.Caching;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>The services of the caching step.</summary>
internal static class CachingServices
{
    private const int KeyBytes = 32;

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<IResponseCacheStore>(static provider => new MemoryResponseCacheStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.Cache;
            return new ResponseCache(
                provider.GetRequiredService<IResponseCacheStore>(), new EntryCipher(KeyOf(options)), options.StoreTimeout,
                provider.GetRequiredService<GatewayMetrics>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ResponseCache>>());
        });
        services.TryAddSingleton<IGatewayCache, GatewayCache>();
    }

    private static byte[] KeyOf(CacheOptions options) =>
        options.EncryptionKey is { } text && CacheOptions.TryReadKey(text, out var key) ? key : RandomNumberGenerator.GetBytes(KeyBytes);
}
