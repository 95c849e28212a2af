using System.Buffers.Binary;

namespace ApiGateway.Middleware.Buffers.Frames;

/// <summary>Finds the frames in what a client sends. Source: RFC 6455 5.2.</summary>
internal struct FrameReader
{
    private const int Smallest = 2;
    private const int Mask = 4;
    private const byte Close = 8;

    private HeaderBytes _header;
    private int _count;
    private ulong _payload;

    /// <summary>Gets whether the client has closed the connection without saying how.</summary>
    public bool HasEmptyClose { get; private set; }

    /// <summary>Gets the length of the longest frame so far, in bytes: what its header says.</summary>
    public ulong Longest { get; private set; }

    /// <summary>Looks at the next bytes.</summary>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payload > 0)
            {
                var skipped = (int)Math.Min(_payload, (ulong)bytes.Length);
                _payload -= (ulong)skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _header[_count++] = bytes[0];
            bytes = bytes[1..];
            if (_count >= Smallest && _count == LengthOfHeader())
            {
                _payload = LengthOfPayload();
                Longest = Math.Max(Longest, _payload);
                HasEmptyClose |= (_header[0] & 0xF) == Close && _payload == 0;
                _count = 0;
            }
        }
    }

    private readonly int LengthOfHeader() =>
        Smallest + ((_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 }) + ((_header[1] & 0x80) != 0 ? Mask : 0);

    private readonly ulong LengthOfPayload() => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(((ReadOnlySpan<byte>)_header)[Smallest..]),
        127 => BinaryPrimitives.ReadUInt64BigEndian(((ReadOnlySpan<byte>)_header)[Smallest..]),
        var length => (ulong)length,
    };

    [System.Runtime.CompilerServices.InlineArray(14)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
