namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>What a call brought. The default value is a call that brought nothing.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal readonly struct RedisReply<T>
{
    private readonly bool _isAnswered;
    private readonly RedisFault _fault;

    private RedisReply(bool isAnswered, T? value, RedisFault fault, Exception? error)
    {
        _isAnswered = isAnswered;
        _fault = fault;
        Value = value;
        Error = error;
    }

    public bool IsAnswered => _isAnswered;

    /// <summary>Gets the answer; meaningful if <see cref="IsAnswered"/>.</summary>
    public T? Value { get; }

    public RedisFault Fault => _isAnswered ? RedisFault.None : _fault is RedisFault.None ? RedisFault.Down : _fault;

    /// <summary>Gets what was thrown, where <see cref="Fault"/> is <see cref="RedisFault.Error"/>.</summary>
    public Exception? Error { get; }

    public static RedisReply<T> Of(T value) => new(isAnswered: true, value, RedisFault.None, null);

    public static RedisReply<T> Failed(RedisFault fault, Exception? error = null) => new(isAnswered: false, default, fault, error);
}
