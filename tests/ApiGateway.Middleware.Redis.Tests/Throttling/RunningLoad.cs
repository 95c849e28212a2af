using System.Net;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>Requests without a pause, until told to stop; counts the answers.</summary>
internal sealed class RunningLoad
{
    private const int Workers = 8;

    private readonly List<Task> _workers;
    private bool _isStopped;
    private int _served;
    private int _refused;
    private int _other;

    public RunningLoad(LimitedHost host) => _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(() => RunAsync(host)))];

    public int Served => Volatile.Read(ref _served);

    /// <summary>Waits until some more requests are answered.</summary>
    public async Task PassAsync(int requests)
    {
        int Answered() => Volatile.Read(ref _served) + Volatile.Read(ref _refused) + Volatile.Read(ref _other);
        var goal = Answered() + requests;
        await Wait.UntilAsync(() => Answered() >= goal);
    }

    public async Task<(int Served, int Refused, int Other)> StopAsync()
    {
        Volatile.Write(ref _isStopped, true);
        await Task.WhenAll(_workers).InTime();
        return (_served, _refused, _other);
    }

    private async Task RunAsync(LimitedHost host)
    {
        while (!Volatile.Read(ref _isStopped))
        {
            switch (await host.GetAsync())
            {
                case HttpStatusCode.OK:
                    Interlocked.Increment(ref _served);
                    break;
                case HttpStatusCode.TooManyRequests:
                    Interlocked.Increment(ref _refused);
                    break;
                default:
                    Interlocked.Increment(ref _other);
                    break;
            }
        }
    }
}
