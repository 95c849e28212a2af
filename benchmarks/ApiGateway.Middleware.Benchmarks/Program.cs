using ApiGateway.Middleware.Benchmarks.Languages;
using BenchmarkDotNet.Running;

if (args is ["language-peer"])
{
    LanguagePeer.Run(Console.In, Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
