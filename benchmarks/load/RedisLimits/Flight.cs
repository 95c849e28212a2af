namespace RedisLimits;

/// <summary>Keeps calls in flight for a time and counts them.</summary>
internal static class Flight
{
    public static async Task<double> RunAsync(TimeSpan duration, Func<int, Task> call)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Limits.InFlight).Select(async worker =>
        {
            var count = 0;
            while (time.GetElapsedTime(start) < duration)
            {
                await call(worker);
                count++;
            }

            return count;
        }));
        return counts.Sum() / time.GetElapsedTime(start).TotalSeconds;
    }
}
