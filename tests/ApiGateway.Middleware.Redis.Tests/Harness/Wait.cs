namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>How long a test waits for a signal before it fails. Nothing takes this long unless it hangs.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    /// <summary>Waits for something that nobody signals, such as another process's reaction. The state is looked at, never the clock.</summary>
    public static async Task UntilAsync(Func<ValueTask<bool>> condition)
    {
        var tries = 0;
        while (!await condition())
        {
            Assert.True(++tries < Limit / Step, "It never came true.");
            await Task.Delay(Step);
        }
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => ValueTask.FromResult(condition()));

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
}
