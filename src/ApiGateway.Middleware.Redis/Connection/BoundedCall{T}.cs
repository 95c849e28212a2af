using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>A call with an answer of a type. Ends with the answer or at the deadline, whichever is first, and allocates nothing.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal sealed class BoundedCall<T> : BoundedCall, IValueTaskSource<RedisReply<T>>
{
    // More are in flight only in bursts, after which they are left to the collector.
    private const int KeptAtMost = 1024;

    private static readonly ConcurrentQueue<BoundedCall<T>> Kept = new();

    private readonly Action _onAnswer;
    private ManualResetValueTaskSourceCore<RedisReply<T>> _core;
    private RedisConnection? _owner;
    private ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter _answer;

    // The caller and the task both have to be done with the object before it is used again.
    private int _users;

    private BoundedCall() => _onAnswer = OnAnswer;

    /// <summary>Waits for <paramref name="pending"/>, no longer than its owner allows. What is returned must be awaited, once.</summary>
    public static ValueTask<RedisReply<T>> WaitAsync(RedisConnection owner, Task<T> pending)
    {
        var deadline = BoundedCalls.DeadlineAfter(owner.Timeout);
        BoundedCall<T>? call;
        do
        {
            if (!Kept.TryDequeue(out call))
            {
                call = new BoundedCall<T>();
                BoundedCalls.Add(call);
            }

            // Before it begins: it may be over at once.
            call._owner = owner;
            call._users = 2;
        }
        while (!call.TryBegin(deadline));

        call._answer = pending.ConfigureAwait(false).GetAwaiter();
        var waiting = new ValueTask<RedisReply<T>>(call, call._core.Version);
        BoundedCalls.Watch();
        call._answer.UnsafeOnCompleted(call._onAnswer);
        return waiting;
    }

    RedisReply<T> IValueTaskSource<RedisReply<T>>.GetResult(short token)
    {
        var reply = _core.GetResult(token);
        Release();
        return reply;
    }

    ValueTaskSourceStatus IValueTaskSource<RedisReply<T>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<RedisReply<T>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    protected override void EndWithoutAnswer()
    {
        _owner!.TimedOut();
        _core.SetResult(RedisReply<T>.Failed(RedisFault.Timeout));
    }

    private void OnAnswer()
    {
        RedisReply<T> reply;
        try
        {
            // Looked at even if nobody waits any more, or it would be reported as unobserved.
            reply = RedisReply<T>.Of(_answer.GetResult());
        }
        catch (Exception exception)
        {
            reply = RedisReply<T>.Failed(RedisFault.Error, exception);
        }

        if (!TrySettle())
        {
            Release();
            return;
        }

        if (reply.IsAnswered)
        {
            _owner!.Answered();
        }
        else
        {
            _owner!.Failed(reply.Error!);
        }

        // Whoever is told may give the object back at once: nothing may follow.
        Interlocked.Decrement(ref _users);
        _core.SetResult(reply);
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) != 0)
        {
            return;
        }

        _owner = null;
        _answer = default;
        _core.Reset();
        Free();
        if (Kept.Count < KeptAtMost)
        {
            Kept.Enqueue(this);
        }
        else
        {
            TryRetire();
        }
    }
}
