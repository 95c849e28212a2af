using ApiGateway.Middleware.Redis.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>The one connection of the gateway: connects in the background, knows whether Redis answers, and bounds every wait.</summary>
/// <remarks>
/// While Redis is away nothing is sent and nobody waits: calls fail at once. A check beside the requests finds out when it is back. What the
/// connection does by itself while disconnected differs between versions of StackExchange.Redis (some fail, some queue), so nothing relies on it.
/// </remarks>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    // So many calls in a row without an answer, and Redis is taken for away. One alone may be a pause of this process.
    private const int TimeoutsUntilDown = 3;

    private readonly RedisMultiplexerSource _source;
    private readonly RedisMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisConnection> _logger;
    private readonly string? _configuration;

    // Null while Redis is away.
    private IDatabase? _database;
    private int _timeouts;

    public RedisConnection(
        RedisMultiplexerSource source, IOptions<RedisOptions> options, RedisMetrics metrics, TimeProvider time, ILogger<RedisConnection> logger)
    {
        _source = source;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _configuration = options.Value.Configuration;
        KeyPrefix = options.Value.KeyPrefix;
        Timeout = options.Value.Timeout;
    }

    public bool IsUp => Volatile.Read(ref _database) is not null;

    public string KeyPrefix { get; }

    /// <summary>Gets how long a call waits at most.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Sends a command and waits for its answer, no longer than <see cref="Timeout"/>. Never throws. Await it, once.</summary>
    /// <param name="argument">Handed to <paramref name="call"/>, which can be static then.</param>
    /// <param name="call">Sends the command. It must not block.</param>
    public ValueTask<RedisReply<T>> AskAsync<TArgument, T>(TArgument argument, Func<IDatabase, TArgument, Task<T>> call)
    {
        if (Volatile.Read(ref _database) is not { } database)
        {
            Start();
            _metrics.Failed(RedisFault.Down);
            return new ValueTask<RedisReply<T>>(RedisReply<T>.Failed(RedisFault.Down));
        }

        Task<T> pending;
        try
        {
            pending = call(database, argument);
        }
        catch (Exception exception)
        {
            Failed(exception);
            return new ValueTask<RedisReply<T>>(RedisReply<T>.Failed(RedisFault.Error, exception));
        }

        if (pending.IsCompletedSuccessfully)
        {
            Answered();
            return new ValueTask<RedisReply<T>>(RedisReply<T>.Of(pending.GetAwaiter().GetResult()));
        }

        return BoundedCall<T>.WaitAsync(this, pending);
    }

    /// <summary>Leaves a task to itself: a failure that comes when nobody waits any more is not reported as unobserved.</summary>
    public static void Forget(Task task) => _ = task.ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Told of each answer.</summary>
    public void Answered()
    {
        // Not written by every call: all processors share it.
        if (Volatile.Read(ref _timeouts) != 0)
        {
            Volatile.Write(ref _timeouts, 0);
        }
    }

    /// <summary>Told of each call that threw.</summary>
    public void Failed(Exception error)
    {
        _metrics.Failed(RedisFault.Error);
        RedisLog.RedisError(_logger, error);
        if (error is RedisConnectionException or ObjectDisposedException)
        {
            Check();
        }
    }

    /// <summary>Told of each call that had no answer in time.</summary>
    public void TimedOut()
    {
        _metrics.Failed(RedisFault.Timeout);
        if (Interlocked.Increment(ref _timeouts) == TimeoutsUntilDown)
        {
            TurnDown($"{TimeoutsUntilDown} calls in a row had no answer within {Timeout.TotalMilliseconds:0} ms.", null);
            Check();
        }
    }
}
