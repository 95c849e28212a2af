namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>Counts what an action allocates on its own thread.</summary>
internal static class AllocatedBytes
{
    private const int WarmUp = 2_000;
    private const int Iterations = 10_000;

    /// <summary>Gets the bytes of one call, measured over many after a warm-up. The action must end synchronously.</summary>
    public static double PerCall(Action action)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Iterations; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Iterations;
    }
}
