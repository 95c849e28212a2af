using System.Text;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>Answers to keep.</summary>
internal static class Answers
{
    public static readonly ResponseCachePartition Prod = new("orders", "prod", 64 << 20);

    public static CachedResponse Of(string body, TimeSpan? lifetime = null) => Of(Encoding.UTF8.GetBytes(body), lifetime);

    public static CachedResponse Of(byte[] body, TimeSpan? lifetime = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = now + (lifetime ?? TimeSpan.FromMinutes(10));
        return new CachedResponse(200, [new("Content-Type", "text/plain")], body, now, end, end);
    }

    public static string? TextOf(CachedResponse? response) => response is null ? null : Encoding.UTF8.GetString(response.Body.Span);

    public static ValueTask<CachedResponse?> GetAsync(this IResponseCacheStore store, string key) => store.GetAsync(Prod, key, CancellationToken.None);

    public static ValueTask<bool> SetAsync(this IResponseCacheStore store, string key, CachedResponse response) =>
        store.SetAsync(Prod, key, response, CancellationToken.None);

    public static ValueTask RemoveAsync(this IResponseCacheStore store, string key) => store.RemoveAsync(Prod, key, CancellationToken.None);

    public static ValueTask FlushAsync(this IResponseCacheStore store) => store.FlushAsync(Prod, CancellationToken.None);
}
