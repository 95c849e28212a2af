using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Tests.Buffers;

public class PooledBufferWriterTests
{
    [Fact]
    public void Write_MixOfAll_KeepsTheOrder()
    {
        using var writer = new PooledBufferWriter();

        writer.Write("ab"u8);
        writer.WriteByte((byte)'c');
        writer.WriteText("dé漢");
        "fg"u8.CopyTo(writer.GetSpan(2));
        writer.Advance(2);
        BuffersExtensions.Write(writer, "hi"u8);

        Assert.Equal("abcdé漢fghi", Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public void Write_MoreThanTheArray_Grows()
    {
        using var writer = new PooledBufferWriter();
        var expected = new StringBuilder();

        for (var i = 0; i < 2000; i++)
        {
            writer.WriteText("漢é");
            writer.Write("abc"u8);
            writer.WriteByte((byte)'\n');
            expected.Append("漢éabc\n");
        }

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public void WriteText_HalfASurrogate_BecomesTheReplacementCharacter()
    {
        using var writer = new PooledBufferWriter();

        writer.WriteText("a\ud800b");

        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public void Write_BeyondTheLimit_ThrowsAndKeepsWhatWasWritten()
    {
        using var writer = new PooledBufferWriter(limit: 4);
        writer.Write("abc"u8);

        Assert.Throws<BufferLimitException>(() => writer.Write("de"u8));
        Assert.Throws<BufferLimitException>(() => writer.WriteText("é!"));
        writer.WriteByte((byte)'d');
        Assert.Throws<BufferLimitException>(() => writer.WriteByte((byte)'e'));
        writer.GetSpan(10);
        Assert.Throws<BufferLimitException>(() => writer.Advance(1));

        Assert.Equal("abcd", Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public void Truncate_ToAnEarlierLength_TakesTheRestBack()
    {
        using var writer = new PooledBufferWriter();
        writer.Write("abc"u8);

        writer.Truncate(1);
        writer.Write("z"u8);

        Assert.Equal("az", Encoding.UTF8.GetString(writer.WrittenSpan));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Truncate(3));
    }

    [Fact]
    public void Dispose_Twice_LeavesAnEmptyWriterThatCanBeUsed()
    {
        var writer = new PooledBufferWriter();
        writer.Write("abc"u8);

        writer.Dispose();
        writer.Dispose();
        Assert.Equal(0, writer.Length);

        writer.Write("x"u8);
        Assert.Equal(1, writer.Length);
        writer.Dispose();
    }
}
