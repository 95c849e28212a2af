using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace ApiGateway.Middleware.Benchmarks.Throttling;

/// <summary>What do a bucket, a bucket by caller, and all limits of a request cost, and what do the limiters of the framework?</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class RateLimitBenchmark
{
    private const int Partitions = 100_000;
    private const int HotCallers = 1_000;
    private const double Rate = 1e9;

    private readonly ThrottleBuckets _buckets = new(TimeProvider.System);
    private readonly TokenBucket _bucket = new(Rate, int.MaxValue, int.MaxValue, 0);
    private readonly KeyedBuckets _keyed = new();
    private readonly ThrottleLimit _limit = new("benchmark", Rate, int.MaxValue);
    private readonly string[] _callers =
        [.. Enumerable.Range(0, Partitions).Select(static i => i.ToString("caller-000000", CultureInfo.InvariantCulture))];

    private TokenBucketRateLimiter? _limiter;
    private PartitionedRateLimiter<string>? _partitioned;
    private LimitedRequest? _request;
    private double _now;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _limiter = new TokenBucketRateLimiter(Options());
        _partitioned = PartitionedRateLimiter.Create<string, string>(static caller => RateLimitPartition.GetTokenBucketLimiter(caller, static _ => Options()));
        _request = new LimitedRequest(HotCallers);
        for (var i = 0; i < Partitions; i++)
        {
            if (!Keyed() || !Partitioned())
            {
                throw new InvalidOperationException("A caller was refused.");
            }
        }

        // Callers come in no order: what was allocated together must not be read together.
        new Random(7).Shuffle(_callers);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _limiter?.Dispose();
        _partitioned?.Dispose();
        _request?.Dispose();
    }

    /// <summary>The bucket of the framework.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("bucket")]
    public bool Limiter()
    {
        using var lease = _limiter!.AttemptAcquire();
        return lease.IsAcquired;
    }

    /// <summary>The gateway's bucket alone. The time is read once for all buckets of a request.</summary>
    [Benchmark]
    [BenchmarkCategory("bucket")]
    public bool BucketAlone() => _bucket.TryTake(1, _now += 1e-7, out _) == TokenBucketResult.Taken;

    /// <summary>The same with its look-up and the clock.</summary>
    [Benchmark]
    [BenchmarkCategory("bucket")]
    public bool Bucket() => _buckets.TryTake(_limit, 1, _buckets.Now, out _);

    /// <summary>One of a hundred thousand buckets of the framework.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("100,000 callers")]
    public bool Partitioned()
    {
        using var lease = _partitioned!.AttemptAcquire(NextCaller());
        return lease.IsAcquired;
    }

    /// <summary>One of a hundred thousand buckets, with the hash of the caller and the clock.</summary>
    [Benchmark]
    [BenchmarkCategory("100,000 callers")]
    public bool Keyed() =>
        _keyed.TryTake(_limit, SipHash.ShortOf(MemoryMarshal.AsBytes(NextCaller().AsSpan()), 1, 2), 1, _buckets.Now, out _) == KeyedResult.Taken;

    /// <summary>An API key of a thousand, its limit, those of stage and gateway, one by header, and the quota.</summary>
    [Benchmark]
    [BenchmarkCategory("request")]
    public bool KeyFourLimitsAndQuota() => _request!.Enter();

    private static TokenBucketRateLimiterOptions Options() => new()
    {
        TokenLimit = int.MaxValue,
        TokensPerPeriod = int.MaxValue,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    private string NextCaller()
    {
        _next = _next + 1 < Partitions ? _next + 1 : 0;
        return _callers[_next];
    }
}
