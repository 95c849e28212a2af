using System.Buffers;
using System.Net.WebSockets;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Buffers.Frames;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>An open connection of this node: one reader, one sender.</summary>
internal sealed class SocketConnection
{
    private const int UsualMessage = 4096;

    private readonly WebSocket _socket;
    private readonly FrameStream? _frames;
    private readonly IConnectionEvents _events;
    private readonly ConnectionLimits _limits;
    private readonly TimeProvider _time;
    private readonly SendQueue _sends;
    private readonly Lock _gate = new();
    private CloseReason? _reason;
    private Task<bool>? _removal;
    private Task _registration = Task.CompletedTask;
    private TaskCompletionSource? _freed;
    private ITimer? _limit;
    private int _running;
    private long _lastActiveAt;

    /// <summary>Initializes a new instance of the <see cref="SocketConnection"/> class.</summary>
    /// <param name="client">Who is connected.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="frames">What is below it, or <see langword="null"/> if that is not known.</param>
    /// <param name="events">Is told of messages.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    public SocketConnection(ClientConnection client, WebSocket socket, FrameStream? frames, IConnectionEvents events, ConnectionLimits limits, TimeProvider time)
    {
        (Client, _socket, _frames, _events, _limits, _time) = (client, socket, frames, events, limits, time);
        _sends = new SendQueue(socket, limits, time);
        _lastActiveAt = client.ConnectedAt.UtcTicks;
    }

    public ClientConnection Client { get; }

    /// <summary>Gets when the last message went either way.</summary>
    public DateTimeOffset LastActiveAt => new(Volatile.Read(ref _lastActiveAt), TimeSpan.Zero);

    /// <summary>Gets or sets whether a message has gone since the registry was told.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Gets or sets whether the registry knows the connection.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>Gets or sets whether another node has taken the connection for closed, and has run <c>$disconnect</c>.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Gets whether the connection ends, so that nobody can post to it.</summary>
    public bool IsEnding => Volatile.Read(ref _removal) is not null;

    /// <summary>Gets whether this node is the one to run <c>$disconnect</c>; known once the registry has been asked.</summary>
    public Task<bool> Removal => Volatile.Read(ref _removal) ?? Task.FromResult(false);

    /// <summary>Gets the last registration: once the end has begun, there will be no other.</summary>
    public Task Registration => Volatile.Read(ref _registration);

    /// <summary>Gets how the connection ends.</summary>
    public CloseReason Reason => _reason ?? CloseReason.Lost;

    private bool IsFrameTooLong => _limits.MaxFrameBytes > 0 && _frames?.LongestFrame > (ulong)_limits.MaxFrameBytes;

    /// <summary>Sends a message of a backend, which never waits for the client.</summary>
    /// <param name="message">UTF-8 text; copied.</param>
    /// <returns>What became of it; <see cref="ConnectionOutcome.Limited"/> if too much waits already.</returns>
    public ConnectionOutcome Post(ReadOnlyMemory<byte> message)
    {
        if (IsEnding)
        {
            return ConnectionOutcome.Gone;
        }

        var outcome = _sends.Post(message);
        if (outcome == ConnectionOutcome.Delivered)
        {
            Touch();
        }

        return outcome;
    }

    /// <summary>Sends what the gateway answers to a message: waits for room, but not for ever.</summary>
    /// <param name="message">UTF-8 text; copied unless it can be written at once.</param>
    /// <returns>Whether the message was sent; if not, it is dropped.</returns>
    public ValueTask<bool> ReplyAsync(ReadOnlyMemory<byte> message)
    {
        var posting = SendAsync(message);
        if (!posting.IsCompletedSuccessfully)
        {
            return AwaitAsync(posting);
        }

        var outcome = posting.Result;
        return outcome == ConnectionOutcome.Limited ? new(RetryAsync(message)) : new(outcome == ConnectionOutcome.Delivered);
    }

    /// <summary>Has the registry told of the connection, unless its end has begun. One after another, if there are several.</summary>
    /// <param name="add">Tells the registry. It never fails.</param>
    public async Task RegisterAsync(Func<SocketConnection, Task> add)
    {
        var registration = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            if (_removal is not null)
            {
                return;
            }

            (before, _registration) = (_registration, registration.Task);
        }

        await before;
        await add(this);
        registration.SetResult();
    }

    /// <summary>Begins the end of the connection.</summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="remove">Takes the connection out of the registry.</param>
    /// <returns><see langword="false"/> if it had begun already.</returns>
    public bool TryEnd(CloseReason reason, Func<SocketConnection, Task<bool>> remove)
    {
        TaskCompletionSource<bool> removal;
        lock (_gate)
        {
            if (_removal is not null)
            {
                return false;
            }

            _reason = reason;
            _freed?.TrySetResult();
            removal = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _removal, removal.Task);
        }

        _ = CompleteAsync(removal, remove);
        return true;
    }

    /// <summary>Takes messages until the connection ends, whoever ends it.</summary>
    /// <returns>How it has ended, from the client's side.</returns>
    public async Task<CloseReason> PumpAsync()
    {
        var buffer = Array.Empty<byte>();
        var isInMessage = false;
        try
        {
            while (true)
            {
                // Waits without a buffer: most connections are silent most of the time.
                var head = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (head.MessageType != WebSocketMessageType.Text)
                {
                    return head.MessageType == WebSocketMessageType.Binary ? CloseReason.Binary : ReasonOfClient();
                }

                buffer = ArrayPool<byte>.Shared.Rent(UsualMessage);
                var length = 0;
                var isComplete = head.EndOfMessage;
                isInMessage = true;
                while (!isComplete)
                {
                    if (length == buffer.Length)
                    {
                        buffer = Grow(buffer, length);
                    }

                    var part = await _socket.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, _limits.MaxMessageBytes + 1) - length), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return ReasonOfClient();
                    }

                    length += part.Count;
                    if (length > _limits.MaxMessageBytes || IsFrameTooLong)
                    {
                        return CloseReason.TooLong;
                    }

                    isComplete = part.EndOfMessage;
                }

                isInMessage = false;
                if (!IsEnding)
                {
                    Touch();
                    var running = _events.OnMessageAsync(this, buffer.AsMemory(0, length));
                    if (!running.IsCompletedSuccessfully)
                    {
                        // The message keeps its buffer.
                        var freed = Begin(running, buffer);
                        buffer = [];
                        if (freed is not null)
                        {
                            await freed;
                        }

                        continue;
                    }

                    running.GetAwaiter().GetResult();
                }

                ArrayPool<byte>.Shared.Return(buffer);
                buffer = [];
            }
        }
        catch (WebSocketException exception)
        {
            // The socket has told the client already, by a close frame of its own. Which one it does not say; within a message it is for text
            // that is none.
            return exception.WebSocketErrorCode != WebSocketError.Faulted ? CloseReason.Lost : isInMessage ? CloseReason.NoText : CloseReason.ProtocolError;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return CloseReason.Lost;
        }
        finally
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Begins the close handshake, if the client has not left already. It does not wait for ever.</summary>
    public void Close()
    {
        _limit = _time.CreateTimer(static socket => ((WebSocket)socket!).Abort(), _socket, _limits.CloseTimeout, Timeout.InfiniteTimeSpan);
        if (Reason.Status == CloseReason.Lost.Status)
        {
            _sends.Stop();
        }
        else
        {
            _sends.Close(Reason);
        }
    }

    /// <summary>Waits for the end of the close handshake, once no messages are taken any more.</summary>
    public async Task FinishAsync()
    {
        try
        {
            var scrap = new byte[1024];
            while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                await _socket.ReceiveAsync(scrap.AsMemory(), CancellationToken.None);
            }

            await _sends.Closed;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is over all the same.
        }
        finally
        {
            _limit?.Dispose();
        }
    }

    /// <summary>Breaks the connection off.</summary>
    public void Abort()
    {
        _sends.Stop();
        _socket.Abort();
    }

    private ValueTask<ConnectionOutcome> SendAsync(ReadOnlyMemory<byte> message)
    {
        if (IsEnding)
        {
            return new(ConnectionOutcome.Gone);
        }

        Touch();
        return _sends.SendAsync(message);
    }

    private static async ValueTask<bool> AwaitAsync(ValueTask<ConnectionOutcome> posting) => await posting == ConnectionOutcome.Delivered;

    private CloseReason ReasonOfClient() =>
        _frames is { HasEmptyClose: true } ? CloseReason.NoStatus : CloseReason.Of(_socket.CloseStatus, _socket.CloseStatusDescription);

    private async Task<bool> RetryAsync(ReadOnlyMemory<byte> message)
    {
        // Others may take the room first; time is up all the same.
        var startedAt = _time.GetTimestamp();
        while (_time.GetElapsedTime(startedAt) < _limits.AnswerTimeout && await _sends.WaitForRoomAsync(message.Length))
        {
            if (await SendAsync(message) is var outcome and not ConnectionOutcome.Limited)
            {
                return outcome == ConnectionOutcome.Delivered;
            }
        }

        return false;
    }

    private async Task CompleteAsync(TaskCompletionSource<bool> removal, Func<SocketConnection, Task<bool>> remove)
    {
        try
        {
            removal.SetResult(await remove(this));
        }
        catch (Exception exception)
        {
            removal.SetException(exception);
        }
    }

    // Gives what to wait for if no more messages may run at once.
    private Task? Begin(ValueTask running, byte[] buffer)
    {
        Task? freed = null;
        lock (_gate)
        {
            if (++_running >= _limits.MaxConcurrentMessages && _removal is null)
            {
                _freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                freed = _freed.Task;
            }
        }

        _ = TrackAsync(running, buffer);
        return freed;
    }

    private async Task TrackAsync(ValueTask running, byte[] buffer)
    {
        try
        {
            await running;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            lock (_gate)
            {
                _running--;
                _freed?.TrySetResult();
                _freed = null;
            }
        }
    }

    private byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, _limits.MaxMessageBytes + 1));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private void Touch()
    {
        Volatile.Write(ref _lastActiveAt, _time.GetUtcNow().UtcTicks);
        IsTouched = true;
    }
}
