using System.Globalization;
using ApiGateway.Middleware.Benchmarks.Languages;
using ApiGateway.Middleware.Benchmarks.Redis;
using BenchmarkDotNet.Running;

if (args is ["language-peer"])
{
    LanguagePeer.Run(Console.In, Console.Out);
    return;
}

if (args is ["redis-cache", var redis, var rounds, var milliseconds])
{
    await CacheLoop.RunAsync(
        redis, int.Parse(rounds, CultureInfo.InvariantCulture), int.Parse(milliseconds, CultureInfo.InvariantCulture), Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
