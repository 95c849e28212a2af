using System.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Tests.Buffers;

public sealed class PooledBufferWriterTests
{
    [Fact]
    public void Write_InManyPieces_KeepsAll()
    {
        using var writer = new PooledBufferWriter();
        var expected = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            writer.WriteText($"{i}\u00e4");
            writer.WriteByte((byte)',');
            expected.Append(i).Append("\u00e4,");
        }

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Write_UpToTheLimit_Works(int length)
    {
        using var writer = new PooledBufferWriter(limit: 5);

        writer.Write(new byte[length]);

        Assert.Equal(length, writer.Length);
    }

    [Fact]
    public void Write_BeyondTheLimit_ThrowsAndKeepsWhatWasThere()
    {
        using var writer = new PooledBufferWriter(limit: 5);
        writer.Write("abcde"u8);

        Assert.Throws<BufferLimitException>(() => writer.WriteByte(1));
        Assert.Throws<BufferLimitException>(() => writer.Write("fg"u8));
        Assert.Throws<BufferLimitException>(() => writer.WriteText("f"));

        Assert.Equal("abcde"u8, writer.WrittenSpan);
    }

    [Fact]
    public void WriteText_HalfASurrogatePair_BecomesAReplacement()
    {
        using var writer = new PooledBufferWriter();

        writer.WriteText("a\ud83d");

        Assert.Equal("a\ufffd"u8, writer.WrittenSpan);
    }

    [Fact]
    public void Truncate_Length_TakesBackTheRest()
    {
        using var writer = new PooledBufferWriter();
        writer.Write("abc"u8);

        writer.Truncate(1);
        writer.Write("d"u8);

        Assert.Equal("ad"u8, writer.WrittenSpan);
    }
}
