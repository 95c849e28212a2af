using System.Diagnostics;
using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Caching;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Benchmarks.Redis;

/// <summary>
/// What does the store add to the client it is made of? Look-ups of 1 KB answers, 64 in flight, in turn with a bare loop of the same command on
/// the same connection, which decodes nothing.
/// </summary>
internal static class CacheLoop
{
    private const int InFlight = 64;
    private const int Keys = 1_000;
    private static readonly ResponseCachePartition Partition = new("orders", "prod", 64 << 20);

    public static async Task RunAsync(string configuration, int rounds, int milliseconds, TextWriter output)
    {
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
        multiplexer.PreserveAsyncOrder = false;
        var options = Options.Create(new RedisOptions { Configuration = configuration, Timeout = TimeSpan.FromSeconds(1) });
        await using var connection = new RedisConnection(
            new RedisMultiplexerSource(() => multiplexer), options, new RedisMetrics(new NoMeters()), TimeProvider.System,
            NullLogger<RedisConnection>.Instance);
        connection.Start();
        await connection.FirstAttempt;
        var store = new RedisResponseCacheStore(connection, TimeProvider.System);
        var names = Enumerable.Range(0, Keys).Select(static i => $"GET /orders/{i} with a query and a header or two that are part of the key {i}").ToArray();
        await FillAsync(store, names);

        var database = multiplexer.GetDatabase();
        var stage = new CacheStage(Partition, "");
        var pairs = names.Select(name => new[] { stage.GenerationKey, stage.EntryKey(CacheEntryId.Of(name)) }).ToArray();
        var single = pairs.Select(static pair => pair[1]).ToArray();

        (string Name, Func<int, Task> Call)[] contenders =
        [
            ("bare loop, same command", async i => Expect((await database.StringGetAsync(pairs[i]))[1].HasValue)),
            ("bare loop, plain GET", async i => Expect((await database.StringGetAsync(single[i])).HasValue)),
            ("store", async i => Expect(await store.GetAsync(Partition, names[i], CancellationToken.None) is not null)),
        ];
        var rates = contenders.Select(static _ => new List<double>()).ToArray();
        var costs = contenders.Select(static _ => new List<double>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var (rate, cost) = await MeasureAsync(contenders[i].Call, milliseconds);

                // The first round warms up.
                if (round >= 0)
                {
                    rates[i].Add(rate);
                    costs[i].Add(cost);
                }
            }
        }

        await output.WriteLineAsync("| Look-ups, 64 in flight | Ratio to the same command | Look-ups/s | CPU of the client, us each |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        for (var i = 0; i < contenders.Length; i++)
        {
            var ratios = rates[i].Zip(rates[0], static (own, bare) => own / bare);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {contenders[i].Name} | {Median(ratios):0.00} | {Median(rates[i]):N0} | {Median(costs[i]):0.00} |"));
        }
    }

    private static async Task FillAsync(RedisResponseCacheStore store, string[] names)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var name in names)
        {
            await store.SetAsync(
                Partition, name,
                new CachedResponse(200, [new("Content-Type", "application/json")], new byte[1024], now, now.AddHours(1), now.AddHours(1)), CancellationToken.None);
        }
    }

    private static async Task<(double Rate, double Cost)> MeasureAsync(Func<int, Task> call, int milliseconds)
    {
        var calls = 0L;
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var limit = TimeSpan.FromMilliseconds(milliseconds);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(worker => Task.Run(async () =>
        {
            var own = 0L;
            for (var i = worker; Stopwatch.GetElapsedTime(started) < limit; i = (i + 1) % Keys)
            {
                await call(i);
                own++;
            }

            Interlocked.Add(ref calls, own);
        })));
        return (
            calls / Stopwatch.GetElapsedTime(started).TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / calls);
    }

    private static void Expect(bool isFound)
    {
        if (!isFound)
        {
            throw new InvalidOperationException("An answer was not found.");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
