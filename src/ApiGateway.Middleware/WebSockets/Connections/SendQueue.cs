using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Sends the messages of one connection, one after another: a socket takes one at a time. What waits for a slow client is bounded.</summary>
/// <param name="socket">The socket.</param>
/// <param name="limits">The bounds.</param>
/// <param name="time">The clock.</param>
internal sealed class SendQueue(WebSocket socket, ConnectionLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Queue<(byte[] Buffer, int Length)>? _waiting;
    private int _waitingBytes;
    private List<TaskCompletionSource>? _forRoom;
    private CloseReason? _close;
    private bool _isSending;
    private bool _isOver;

    private TaskCompletionSource? _closed;

    /// <summary>Gets a task that completes when the close frame is sent, or will never be.</summary>
    public Task Closed
    {
        get
        {
            lock (_gate)
            {
                return _closed?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Sends a message, or lets it wait behind others. Does not wait itself, however slow the client is.</summary>
    /// <param name="message">The text; copied.</param>
    /// <returns><see cref="ConnectionOutcome.Delivered"/> if it is written or about to be, in order behind others.</returns>
    public ConnectionOutcome Post(ReadOnlyMemory<byte> message)
    {
        if (Enter(ref message) is { } outcome)
        {
            return outcome;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.Span.CopyTo(buffer);
        var sending = SendNowAsync(buffer.AsMemory(0, message.Length));
        if (sending.IsCompletedSuccessfully)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return sending.Result;
        }

        _ = FreeAsync(sending, buffer);
        return ConnectionOutcome.Delivered;
    }

    /// <summary>Sends a message, or lets it wait behind others.</summary>
    /// <param name="message">The text; copied where it has to wait behind others.</param>
    /// <returns><see cref="ConnectionOutcome.Delivered"/> once it is written, or waits in order behind others.</returns>
    public ValueTask<ConnectionOutcome> SendAsync(ReadOnlyMemory<byte> message)
    {
        return Enter(ref message) is { } outcome ? new(outcome) : SendNowAsync(message);
    }

    /// <summary>Waits until there is room for a message, or something has been sent.</summary>
    /// <param name="length">The length of the message, in bytes.</param>
    /// <returns>Whether there may be room; if not, the client does not read.</returns>
    public async Task<bool> WaitForRoomAsync(int length)
    {
        TaskCompletionSource room;
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            if (!_isSending || HasRoom(length))
            {
                return true;
            }

            room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_forRoom ??= []).Add(room);
        }

        try
        {
            await room.Task.WaitAsync(limits.AnswerTimeout, time);
            return true;
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                _forRoom?.Remove(room);
            }

            return false;
        }
    }

    /// <summary>Takes no more messages, and begins the close handshake behind those that wait.</summary>
    public void Close(CloseReason reason)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            _close = reason;
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = DrainAsync();
    }

    /// <summary>Takes no more messages, and forgets those that wait.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isOver = true;
            _close = null;
            while (_waiting is { Count: > 0 } waiting)
            {
                ArrayPool<byte>.Shared.Return(waiting.Dequeue().Buffer);
            }

            _waitingBytes = 0;
            _closed?.TrySetResult();
            SignalRoom();
        }
    }

    // Gives what has become of the message already, or null if the caller is to send it now and holds the socket.
    private ConnectionOutcome? Enter(ref ReadOnlyMemory<byte> message)
    {
        if (message.Length > limits.MaxMessageBytes)
        {
            return ConnectionOutcome.TooLarge;
        }

        if (!Utf8.IsValid(message.Span))
        {
            message = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Span));
        }

        lock (_gate)
        {
            if (_isOver)
            {
                return ConnectionOutcome.Gone;
            }

            if (_isSending)
            {
                return TryWait(message.Span) ? ConnectionOutcome.Delivered : ConnectionOutcome.Limited;
            }

            _isSending = true;
        }

        return null;
    }

    // The sender holds the socket: nothing else sends meanwhile.
    private ValueTask<ConnectionOutcome> SendNowAsync(ReadOnlyMemory<byte> message)
    {
        if (message.Length <= ConnectionLimits.FrameBytes)
        {
            ValueTask sending;
            try
            {
                sending = socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
            }
            catch (Exception exception)
            {
                sending = ValueTask.FromException(exception);
            }

            if (sending.IsCompletedSuccessfully)
            {
                sending.GetAwaiter().GetResult();
                Continue();
                return new(ConnectionOutcome.Delivered);
            }

            return AwaitAsync(sending);
        }

        return AwaitAsync(SendFramesAsync(message));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome> AwaitAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception)
        {
            Fail();
            return ConnectionOutcome.Gone;
        }

        Continue();
        return ConnectionOutcome.Delivered;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendFramesAsync(ReadOnlyMemory<byte> message)
    {
        while (message.Length > ConnectionLimits.FrameBytes)
        {
            await socket.SendAsync(message[..ConnectionLimits.FrameBytes], WebSocketMessageType.Text, WebSocketMessageFlags.None, CancellationToken.None);
            message = message[ConnectionLimits.FrameBytes..];
        }

        await socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
    }

    private static async Task FreeAsync(ValueTask<ConnectionOutcome> sending, byte[] buffer)
    {
        _ = await sending;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Continue()
    {
        lock (_gate)
        {
            if (_waiting is not { Count: > 0 } && _close is null)
            {
                _isSending = false;
                SignalRoom();
                return;
            }
        }

        // Apart: who has sent its own message does not wait for those of others.
        _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                CloseReason? close = null;
                (byte[] Buffer, int Length) next = ([], 0);
                lock (_gate)
                {
                    if (_waiting is { Count: > 0 } waiting)
                    {
                        next = waiting.Dequeue();
                        _waitingBytes -= next.Length;
                        SignalRoom();
                    }
                    else if (_close is { } wanted)
                    {
                        close = wanted;
                        _close = null;
                    }
                    else
                    {
                        _isSending = false;
                        SignalRoom();
                        return;
                    }
                }

                if (close is { } reason)
                {
                    await SendCloseAsync(reason);
                    _closed!.TrySetResult();
                    continue;
                }

                try
                {
                    await SendFramesAsync(next.Buffer.AsMemory(0, next.Length));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(next.Buffer);
                }
            }
        }
        catch (Exception)
        {
            Fail();
        }
    }

    private Task SendCloseAsync(CloseReason reason) =>
        socket.State is WebSocketState.Open or WebSocketState.CloseReceived
            ? socket.CloseOutputAsync((WebSocketCloseStatus)reason.Status, reason.IsOfClient || reason.Text.Length == 0 ? null : reason.Text, CancellationToken.None)
            : Task.CompletedTask;

    // A message of which a part may be lost ends the connection: what would follow it makes no sense.
    private void Fail()
    {
        Stop();
        socket.Abort();
    }

    private bool HasRoom(int bytes) =>
        (_waiting?.Count ?? 0) < limits.SendQueueMessages && (_waitingBytes == 0 || _waitingBytes + bytes <= limits.SendQueueBytes);

    private bool TryWait(ReadOnlySpan<byte> message)
    {
        if (!HasRoom(message.Length))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer);
        (_waiting ??= new()).Enqueue((buffer, message.Length));
        _waitingBytes += message.Length;
        return true;
    }

    private void SignalRoom()
    {
        if (_forRoom is { Count: > 0 } rooms)
        {
            _forRoom = null;
            rooms.ForEach(static room => room.TrySetResult());
        }
    }
}
