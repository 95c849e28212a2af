using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Contracts;

/// <summary>A cached answer as bytes: version, flags, status, times, headers, body. Numbers are little-endian, texts UTF-8 behind their length.</summary>
internal static class CachedResponseFormat
{
    private const byte Version = 1;
    private const byte Encrypted = 1;
    private const int HeadLength = 2 + sizeof(short) + (3 * sizeof(long)) + sizeof(int);

    public static void Write(CachedResponse response, IBufferWriter<byte> target)
    {
        var head = target.GetSpan(HeadLength)[..HeadLength];
        head[0] = Version;
        head[1] = response.IsEncrypted ? Encrypted : (byte)0;
        BinaryPrimitives.WriteInt16LittleEndian(head[2..], (short)response.StatusCode);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], response.StoredAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], response.FreshUntil.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(head[20..], response.KeptUntil.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], response.Headers.Length);
        target.Advance(HeadLength);
        foreach (var (name, values) in response.Headers)
        {
            WriteText(target, name);
            WriteNumber(target, values.Count);
            foreach (var value in values)
            {
                WriteText(target, value ?? "");
            }
        }

        target.Write(response.Body.Span);
    }

    public static CachedResponse? Read(ReadOnlyMemory<byte> bytes)
    {
        var all = bytes.Span;
        if (all.Length < HeadLength || all[0] != Version || all[1] > Encrypted)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(all[28..]);
        var at = HeadLength;

        // A header takes eight bytes at least: more than that are none of ours.
        if (count < 0 || count > all.Length / 8
            || !TryTime(all[4..], out var storedAt) || !TryTime(all[12..], out var freshUntil) || !TryTime(all[20..], out var keptUntil))
        {
            return null;
        }

        var headers = new KeyValuePair<string, StringValues>[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryText(all, ref at, out var name) || !TryNumber(all, ref at, out var lines) || lines > all.Length / 4)
            {
                return null;
            }

            // Nearly all have one.
            if (lines == 1)
            {
                if (!TryText(all, ref at, out var value))
                {
                    return null;
                }

                headers[i] = new(name, value);
                continue;
            }

            var values = new string[lines];
            for (var line = 0; line < lines; line++)
            {
                if (!TryText(all, ref at, out values[line]))
                {
                    return null;
                }
            }

            headers[i] = new(name, values);
        }

        return new CachedResponse(
            BinaryPrimitives.ReadInt16LittleEndian(all[2..]), headers, bytes[at..], storedAt, freshUntil, keptUntil, all[1] == Encrypted);
    }

    private static void WriteNumber(IBufferWriter<byte> target, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), number);
        target.Advance(sizeof(int));
    }

    private static void WriteText(IBufferWriter<byte> target, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteNumber(target, length);
        target.Advance(Encoding.UTF8.GetBytes(text, target.GetSpan(length)));
    }

    private static bool TryNumber(ReadOnlySpan<byte> all, ref int at, out int number)
    {
        number = 0;
        if (all.Length - at < sizeof(int))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32LittleEndian(all[at..]);
        at += sizeof(int);
        return number >= 0;
    }

    private static bool TryText(ReadOnlySpan<byte> all, ref int at, out string text)
    {
        text = "";
        if (!TryNumber(all, ref at, out var length) || all.Length - at < length)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(all.Slice(at, length));
        at += length;
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var isTime = ticks >= DateTimeOffset.MinValue.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        time = isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isTime;
    }
}
