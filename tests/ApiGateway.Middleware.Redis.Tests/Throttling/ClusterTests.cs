using System.Net;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Throttling;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>Four processes and one Redis: together they let in what one limit allows.</summary>
public sealed class ClusterTests
{
    private const int Hosts = 4;
    private const double Rate = 200;
    private const int Burst = 100;
    private const double Part = 0.01;

    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task FourProcesses_UnderParallelLoad_LetInRateTimesTimeAndBurst(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        var hosts = await Task.WhenAll(Enumerable.Range(0, Hosts).Select(_ => GatewayProcess.StartAsync(
            server, $"Redis:Mode={mode}", "Redis:OnFailure=Closed", "Redis:Timeout=00:00:05",
            $"UsagePlans:gold:Throttle:RateLimit={Rate}", $"UsagePlans:gold:Throttle:BurstLimit={Burst}")));
        try
        {
            var time = TimeProvider.System;
            var start = time.GetTimestamp();
            var first = await EmptyAsync(hosts);
            var (served, refused, seconds, secondsToTheLast) = await LoadAsync(hosts);
            var rest = await EmptyAsync(hosts);
            var all = time.GetElapsedTime(start).TotalSeconds;

            // The bucket was empty before. What nobody fetched in time because the machine was busy is fetched at the end.
            var tolerance = Part * Rate * seconds;
            var held = mode == RedisMode.Leased ? Hosts * LimitState.PortionOf(new ThrottleLimit("", Rate, Burst)) : 0;
            var total = first + served + rest;
            Assert.InRange(served, 0, (Rate * secondsToTheLast) + tolerance + held);
            Assert.InRange(served + rest, (Rate * seconds) - tolerance - held, double.MaxValue);
            Assert.InRange(total, Burst + (Rate * seconds) - tolerance - held, Burst + (Rate * all) + tolerance + held);
            Assert.True(refused > served, $"{refused} refusals are no load.");
            await Wait.UntilAsync(async () => await UsedAsync(hosts[0]) == total);
            Assert.Equal(total, await UsedAsync(hosts[^1]));
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    private static async Task<int> EmptyAsync(GatewayProcess[] hosts)
    {
        var (served, refused) = (0, 0);
        for (var i = 0; refused < hosts.Length; i++)
        {
            using var answer = await hosts[i % hosts.Length].Client.GetAsync("/prod/orders");
            (served, refused) = answer.IsSuccessStatusCode ? (served + 1, 0) : (served, refused + 1);
        }

        return served;
    }

    private static async Task<(int Served, int Refused, double Seconds, double SecondsToTheLast)> LoadAsync(GatewayProcess[] hosts)
    {
        const int WorkersPerHost = 4;
        var time = TimeProvider.System;
        var (served, refused) = (0, 0);
        using var stop = new CancellationTokenSource();
        var start = time.GetTimestamp();
        var workers = hosts.SelectMany(static host => Enumerable.Repeat(host, WorkersPerHost)).Select(host => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await host.Client.GetAsync("/prod/orders");
                switch (answer.StatusCode)
                {
                    case HttpStatusCode.OK:
                        Interlocked.Increment(ref served);
                        break;
                    case HttpStatusCode.TooManyRequests:
                        Interlocked.Increment(ref refused);
                        break;
                    default:
                        Assert.Fail($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                        break;
                }
            }
        })).ToList();
        await Task.Delay(LoadTime);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(workers).InTime();
        return (served, refused, seconds, time.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<long> UsedAsync(GatewayProcess host)
    {
        using var report = JsonDocument.Parse(await host.Client.GetStringAsync("/usage/gold/partner"));
        return report.RootElement[0].GetProperty("used").GetInt64();
    }
}
