using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The store as the step uses it: what fails or takes too long there is a miss; answers are encrypted where that is asked for.</summary>
internal sealed class ResponseCache(
    IResponseCacheStore store, EntryCipher cipher, TimeSpan patience, GatewayMetrics metrics, TimeProvider time, ILogger<ResponseCache> logger)
{
    private long _generation;

    public CacheFlights Flights { get; } = new();

    /// <summary>Gets a number that is another one once anything was flushed or removed. What was asked for before that is not kept.</summary>
    public long Generation => Volatile.Read(ref _generation);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Finds an answer; its time may be over. Allocates nothing if the store does not.</summary>
    public ValueTask<CachedResponse?> FindAsync(GatewayContext context, CachePlan plan, ReadOnlySpan<char> key)
    {
        ValueTask<CachedResponse?> pending;
        try
        {
            pending = store.GetAsync(plan.Partition, key, context.Http.RequestAborted);
            if (pending.IsCompletedSuccessfully)
            {
                var found = pending.Result;
                return new(found is { IsEncrypted: true } ? cipher.Open(plan.Partition, key, found) : found);
            }
        }
        catch (Exception exception)
        {
            Fail(context, exception);
            return default;
        }

        return AwaitAsync(context, plan, key.ToString(), pending.AsTask());
    }

    /// <summary>Keeps an answer, unless something was flushed since it was asked for.</summary>
    public async Task KeepAsync(GatewayContext context, CachePlan plan, string key, CachedResponse response, long generation)
    {
        if (generation != Generation)
        {
            return;
        }

        try
        {
            var kept = plan.IsEncrypted ? cipher.Seal(plan.Partition, key, response) : response;

            // Not with the request's token: the answer is good, even if the client has left.
            var pending = store.SetAsync(plan.Partition, key, kept, CancellationToken.None);
            if (pending.IsCompletedSuccessfully)
            {
                _ = pending.Result;
            }
            else
            {
                await WithinAsync(pending.AsTask());
            }

            if (generation != Generation)
            {
                // The flush has run between.
                await WithinAsync(store.RemoveAsync(plan.Partition, key, CancellationToken.None).AsTask());
            }
        }
        catch (Exception exception)
        {
            Fail(context, exception);
        }
    }

    /// <summary>Forgets all answers of a stage.</summary>
    public async ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _generation);
        Flights.Clear();
        await store.FlushAsync(partition, cancellationToken);
    }

    /// <summary>Forgets one answer.</summary>
    public async ValueTask RemoveAsync(ResponseCachePartition partition, string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _generation);
        Flights.Clear();
        await store.RemoveAsync(partition, key, cancellationToken);
    }

    private async ValueTask<CachedResponse?> AwaitAsync(GatewayContext context, CachePlan plan, string key, Task<CachedResponse?> pending)
    {
        try
        {
            await WithinAsync(pending);
            var found = await pending;
            return found is { IsEncrypted: true } ? cipher.Open(plan.Partition, key, found) : found;
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && context.Http.RequestAborted.IsCancellationRequested))
        {
            Fail(context, exception);
            return null;
        }
    }

    private async Task WithinAsync(Task pending)
    {
        try
        {
            await pending.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // What becomes of it later is of no interest, but must not go unobserved.
            _ = pending.ContinueWith(
                static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    private void Fail(GatewayContext context, Exception exception)
    {
        metrics.CacheFailed(context.Names);
        Log.CacheStoreFailed(logger, exception, context.Route.Key, context.RequestId);
    }
}
