using System.Buffers.Binary;
using System.Text;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>A message between hosts: version byte, kind, sender, and then the entry and stage, the stage, or a number.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Sender">The host that sent it.</param>
/// <param name="Stage">The name of the stage's partition; empty in an echo.</param>
/// <param name="Entry">The entry, if <paramref name="Kind"/> is <see cref="InvalidationKind.Entry"/>.</param>
/// <param name="Number">Tells echoes apart.</param>
internal readonly record struct Invalidation(InvalidationKind Kind, Guid Sender, string Stage, CacheEntryId Entry, long Number)
{
    private const byte Version = 1;
    private const int SenderLength = 16;
    private const int HeadLength = 2 + SenderLength;

    public byte[] Write()
    {
        var body = Kind switch
        {
            InvalidationKind.Entry => CacheEntryId.Length + Encoding.UTF8.GetByteCount(Stage),
            InvalidationKind.Stage => Encoding.UTF8.GetByteCount(Stage),
            _ => sizeof(long),
        };
        var message = new byte[HeadLength + body];
        message[0] = Version;
        message[1] = (byte)Kind;
        Sender.TryWriteBytes(message.AsSpan(2));
        var rest = message.AsSpan(HeadLength);
        switch (Kind)
        {
            case InvalidationKind.Entry:
                Entry.Write(rest);
                Encoding.UTF8.GetBytes(Stage, rest[CacheEntryId.Length..]);
                break;
            case InvalidationKind.Stage:
                Encoding.UTF8.GetBytes(Stage, rest);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(rest, Number);
                break;
        }

        return message;
    }

    /// <summary>Reads a message, or returns <see langword="false"/> if it is of another version, or none at all.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out Invalidation invalidation)
    {
        invalidation = default;
        if (message.Length < HeadLength || message[0] != Version)
        {
            return false;
        }

        var kind = (InvalidationKind)message[1];
        var sender = new Guid(message.Slice(2, SenderLength));
        var rest = message[HeadLength..];
        switch (kind)
        {
            case InvalidationKind.Entry when rest.Length > CacheEntryId.Length:
                invalidation = new(kind, sender, Encoding.UTF8.GetString(rest[CacheEntryId.Length..]), CacheEntryId.Read(rest), 0);
                return true;
            case InvalidationKind.Stage when rest.Length > 0:
                invalidation = new(kind, sender, Encoding.UTF8.GetString(rest), default, 0);
                return true;
            case InvalidationKind.Echo when rest.Length == sizeof(long):
                invalidation = new(kind, sender, "", default, BinaryPrimitives.ReadInt64LittleEndian(rest));
                return true;
            default:
                return false;
        }
    }
}
