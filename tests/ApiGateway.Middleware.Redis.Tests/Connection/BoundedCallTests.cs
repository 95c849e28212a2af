using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Connection;

public sealed class BoundedCallTests
{
    [Fact]
    public async Task WaitAsync_AnswerInTime_IsTheAnswer()
    {
        await using var client = ClientWith(TimeSpan.FromSeconds(10));
        var pending = new TaskCompletionSource<string>();

        var waiting = BoundedCall<string>.WaitAsync(client.Connection, pending.Task);
        var wasDone = waiting.IsCompleted;
        pending.SetResult("a");
        var reply = await waiting;

        Assert.False(wasDone);
        Assert.True(reply.IsAnswered);
        Assert.Equal("a", reply.Value);
    }

    [Fact]
    public async Task WaitAsync_NoAnswer_EndsAtTheDeadline()
    {
        await using var client = ClientWith(TimeSpan.FromMilliseconds(1));
        var pending = new TaskCompletionSource<string>();

        var reply = await BoundedCall<string>.WaitAsync(client.Connection, pending.Task).InTime();

        Assert.Equal(RedisFault.Timeout, reply.Fault);
        Assert.False(reply.IsAnswered);
    }

    [Fact]
    public async Task WaitAsync_Failure_TellsIt()
    {
        await using var client = ClientWith(TimeSpan.FromSeconds(10));
        var pending = new TaskCompletionSource<string>();

        var waiting = BoundedCall<string>.WaitAsync(client.Connection, pending.Task);
        pending.SetException(new InvalidDataException("x"));
        var reply = await waiting;

        Assert.Equal(RedisFault.Error, reply.Fault);
        Assert.IsType<InvalidDataException>(reply.Error);
    }

    [Fact]
    public async Task WaitAsync_Cancellation_IsAFailure()
    {
        await using var client = ClientWith(TimeSpan.FromSeconds(10));
        var pending = new TaskCompletionSource<string>();

        var waiting = BoundedCall<string>.WaitAsync(client.Connection, pending.Task);
        pending.SetCanceled();

        Assert.Equal(RedisFault.Error, (await waiting).Fault);
    }

    [Fact]
    public async Task WaitAsync_FailureAfterTheDeadline_IsNotReportedAsUnobserved()
    {
        await using var client = ClientWith(TimeSpan.FromMilliseconds(1));
        var mark = new InvalidDataException("late");
        var isUnobserved = false;
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs failure) => isUnobserved |= failure.Exception.InnerExceptions.Contains(mark);
        TaskScheduler.UnobservedTaskException += OnUnobserved;

        await FailLateAsync(client.Connection, mark);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        Assert.False(isUnobserved);
    }

    [Fact]
    public async Task WaitAsync_AnswersAroundTheDeadline_NeverReachAnotherCall()
    {
        await using var client = ClientWith(TimeSpan.FromMilliseconds(3));
        var answers = 0;
        var timeouts = 0;

        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (worker, _) =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 60; i++)
            {
                var number = (worker * 1_000) + i;
                var reply = await BoundedCall<int>.WaitAsync(client.Connection, AnswerAsync(number, random.Next(0, 12)));
                if (reply.IsAnswered)
                {
                    Assert.Equal(number, reply.Value);
                    Interlocked.Increment(ref answers);
                }
                else
                {
                    Assert.Equal(RedisFault.Timeout, reply.Fault);
                    Interlocked.Increment(ref timeouts);
                }
            }
        });

        Assert.Equal(64 * 60, answers + timeouts);
        Assert.True(answers > 0 && timeouts > 0, $"{answers} answers, {timeouts} time-outs.");
    }

    [Fact]
    public async Task WaitAsync_Warm_AllocatesNothing()
    {
        await using var client = ClientWith(TimeSpan.FromSeconds(10));
        var pending = Enumerable.Range(0, 101).Select(static _ => new TaskCompletionSource<string>()).ToArray();
        Ask(client.Connection, pending[100]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Ask(client.Connection, pending[i]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Ask(RedisConnection connection, TaskCompletionSource<string> pending)
    {
        var waiting = BoundedCall<string>.WaitAsync(connection, pending.Task);
        pending.SetResult("a");
        Assert.True(waiting.IsCompletedSuccessfully ? waiting.Result.IsAnswered : throw new InvalidOperationException("It waits."));
    }

    private static async Task FailLateAsync(RedisConnection connection, Exception failure)
    {
        var pending = new TaskCompletionSource<string>();
        Assert.Equal(RedisFault.Timeout, (await BoundedCall<string>.WaitAsync(connection, pending.Task)).Fault);
        pending.SetException(failure);
    }

    private static async Task<int> AnswerAsync(int number, int milliseconds)
    {
        await Task.Delay(milliseconds);
        return number;
    }

    private static RedisClient ClientWith(TimeSpan timeout) => RedisClient.Create("127.0.0.1:1", options => options.Timeout = timeout);
}
