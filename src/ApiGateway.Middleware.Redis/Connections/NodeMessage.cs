using System.Buffers.Binary;
using System.Text;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Connections;

/// <summary>What nodes send each other: a command, or what came of one.</summary>
/// <param name="Number">The number that the asking node gave the command.</param>
/// <param name="Sender">The asking node, or <see langword="null"/> of an outcome.</param>
/// <param name="Command">The command.</param>
/// <param name="Outcome">The outcome.</param>
internal readonly record struct NodeMessage(long Number, string? Sender, NodeCommand Command, ConnectionOutcome Outcome)
{
    private const byte Version = 1;
    private const int Head = 2 + sizeof(long);
    private const byte OfOutcome = 255;

    /// <summary>Writes a command: version, kind, number, then node and connection with their lengths, then the text.</summary>
    public static byte[] WriteCommand(long number, string sender, in NodeCommand command)
    {
        var (node, id) = (Encoding.UTF8.GetBytes(sender), Encoding.UTF8.GetBytes(command.ConnectionId));
        var bytes = new byte[Head + 2 + node.Length + id.Length + command.Message.Length];
        bytes[0] = Version;
        bytes[1] = (byte)command.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), number);
        bytes[Head] = (byte)node.Length;
        node.CopyTo(bytes, Head + 1);
        bytes[Head + 1 + node.Length] = (byte)id.Length;
        id.CopyTo(bytes, Head + 2 + node.Length);
        command.Message.Span.CopyTo(bytes.AsSpan(Head + 2 + node.Length + id.Length));
        return bytes;
    }

    /// <summary>Writes an outcome: version, 255, number, the outcome.</summary>
    public static byte[] WriteOutcome(long number, ConnectionOutcome outcome)
    {
        var bytes = new byte[Head + 1];
        bytes[0] = Version;
        bytes[1] = OfOutcome;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), number);
        bytes[Head] = (byte)outcome;
        return bytes;
    }

    /// <summary>Reads either; <see langword="false"/> for what another version has written.</summary>
    public static bool TryRead(byte[]? bytes, out NodeMessage message)
    {
        message = default;
        if (bytes is null || bytes.Length <= Head || bytes[0] != Version)
        {
            return false;
        }

        var number = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2));
        if (bytes[1] == OfOutcome)
        {
            message = new NodeMessage(number, null, default, (ConnectionOutcome)bytes[Head]);
            return true;
        }

        var node = bytes[Head];
        var place = Head + 1 + node;
        if (bytes[1] > (byte)NodeCommandKind.Close || place >= bytes.Length || place + 1 + bytes[place] > bytes.Length)
        {
            return false;
        }

        var id = Encoding.UTF8.GetString(bytes, place + 1, bytes[place]);
        var text = bytes.AsMemory(place + 1 + bytes[place]);
        message = new NodeMessage(number, Encoding.UTF8.GetString(bytes, Head + 1, node), new NodeCommand(id, (NodeCommandKind)bytes[1], text), default);
        return true;
    }
}
