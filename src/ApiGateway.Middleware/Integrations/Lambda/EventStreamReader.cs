using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Takes payloads out of their frames, <c>application/vnd.amazon.eventstream</c>: lengths, headers, payload, two checksums. Source:
/// "Event stream encoding" in the Amazon Transcribe developer guide.
/// </summary>
internal sealed class EventStreamReader(PipeReader source)
{
    private const int Prelude = 12;
    private const int Checksum = 4;
    private const int MaxMessage = 24 * 1024 * 1024;
    private const byte StringType = 7;

    /// <summary>Writes the payload of each <c>PayloadChunk</c>, until <c>InvokeComplete</c>.</summary>
    /// <exception cref="InvalidDataException">A frame is broken, or the stream ends within one.</exception>
    public async ValueTask<LambdaInvocationResult> CopyAsync(PipeWriter target, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var result = default(LambdaInvocationResult?);
            while (result is null && TryCut(ref buffer, out var message))
            {
                result = Take(message, target);
            }

            source.AdvanceTo(buffer.Start, buffer.End);
            var flushed = await target.FlushAsync(cancellationToken);
            if (result is { } end)
            {
                return end;
            }

            if (flushed.IsCompleted)
            {
                return LambdaInvocationResult.Succeeded;
            }

            if (read.IsCompleted)
            {
                throw new InvalidDataException("The stream of the function's answer ended too early.");
            }
        }
    }

    private static bool TryCut(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < Prelude)
        {
            return false;
        }

        Span<byte> prelude = stackalloc byte[Prelude];
        buffer.Slice(0, Prelude).CopyTo(prelude);
        var total = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        if (Crc32.Of(prelude[..8]) != BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]) || total is < Prelude + Checksum or > MaxMessage)
        {
            throw new InvalidDataException("The stream of the function's answer has a broken frame.");
        }

        if (buffer.Length < total)
        {
            return false;
        }

        message = buffer.Slice(0, total);
        buffer = buffer.Slice(total);
        return true;
    }

    private static LambdaInvocationResult? Take(in ReadOnlySequence<byte> sequence, PipeWriter target)
    {
        var message = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        var headers = (int)BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        if (Crc32.Of(message[..^Checksum]) != BinaryPrimitives.ReadUInt32BigEndian(message[^Checksum..])
            || headers < 0 || headers > message.Length - Prelude - Checksum)
        {
            throw new InvalidDataException("The stream of the function's answer has a broken frame.");
        }

        var payload = message[(Prelude + headers)..^Checksum];
        switch (TypeOf(message.Slice(Prelude, headers)))
        {
            case "PayloadChunk":
                target.Write(payload);
                return null;
            case "InvokeComplete":
                return payload.IndexOf("\"ErrorCode\":\""u8) < 0
                    ? LambdaInvocationResult.Succeeded
                    : new LambdaInvocationResult { StatusCode = 200, FunctionError = "Unhandled" };
            case { } error when error.StartsWith('!'):
                return new LambdaInvocationResult { StatusCode = 500, ErrorType = error[1..] };
            default:
                // New kinds of messages may come at any time.
                return null;
        }
    }

    /// <summary>Gets the type of an event, or that of an exception behind an exclamation mark.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> headers)
    {
        while (headers.Length >= 2 && headers.Length > headers[0] + 3)
        {
            var name = headers.Slice(1, headers[0]);
            headers = headers[(1 + name.Length)..];
            if (headers[0] != StringType)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(headers[1..]);
            if (headers.Length < 3 + length)
            {
                return null;
            }

            var value = headers.Slice(3, length);
            headers = headers[(3 + length)..];
            if (name.SequenceEqual(":event-type"u8))
            {
                return Encoding.UTF8.GetString(value);
            }

            if (name.SequenceEqual(":exception-type"u8) || name.SequenceEqual(":error-code"u8))
            {
                return "!" + Encoding.UTF8.GetString(value);
            }
        }

        return null;
    }
}
