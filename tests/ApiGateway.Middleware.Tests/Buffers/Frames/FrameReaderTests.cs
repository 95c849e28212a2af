using ApiGateway.Middleware.Buffers.Frames;

namespace ApiGateway.Middleware.Tests.Buffers.Frames;

public sealed class FrameReaderTests
{
    private static readonly byte[] EmptyClose = [0x88, 0x80, 1, 2, 3, 4];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Observe_CloseBehindAMessage_IsFoundHoweverItIsCut(int length)
    {
        byte[] bytes = [.. Frame(1, length, 0x88), .. EmptyClose];
        foreach (var piece in (int[])[1, 2, 3, 7, 4096, bytes.Length])
        {
            var frames = default(FrameReader);
            for (var at = 0; at < bytes.Length; at += piece)
            {
                Assert.False(frames.HasEmptyClose);
                frames.Observe(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            }

            Assert.True(frames.HasEmptyClose);
        }
    }

    [Fact]
    public void Observe_CloseWithStatus_IsNotEmpty()
    {
        var frames = default(FrameReader);

        frames.Observe([.. Frame(9, 0, 0), .. Frame(1, 0, 0), 0x88, 0x82, 1, 2, 3, 4, 5, 6]);

        Assert.False(frames.HasEmptyClose);
    }

    private static byte[] Frame(byte opcode, int length, byte filling)
    {
        byte[] size = length < 126 ? [(byte)(0x80 | length)]
            : length < 65_536 ? [0xFE, (byte)(length >> 8), (byte)length]
            : [0xFF, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [(byte)(0x80 | opcode), .. size, 9, 8, 7, 6, .. Enumerable.Repeat(filling, length)];
    }
}
