using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Values;

public class ValueReaderTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"é漢🎉\"")]
    [InlineData("\"a\\\"b\\\\c\\n\"")]
    [InlineData("1.50")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("[1,[2,[3,{\"a\":[]}]]]")]
    [InlineData("{\"a\":1,\"b\":{\"c\":\"d\"},\"e\":[null,false]}")]
    [InlineData("{\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7,\"k8\":8,\"k9\":9,\"k10\":10}")]
    public void TryRead_CompactText_IsWrittenAsItWas(string json)
    {
        Assert.True(ValueReader.TryRead(json, out var value));

        Assert.Equal(json, value.ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("01")]
    [InlineData("nul")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"a\nb\"")]
    public void TryRead_OtherText_IsRefused(string json)
    {
        Assert.False(ValueReader.TryRead(json, out _));
    }

    [Fact]
    public void TryRead_BytesThatAreNoUtf8_IsRefused()
    {
        Assert.False(ValueReader.TryRead([(byte)'"', 0xC3, (byte)'"'], out _));
        Assert.False(ValueReader.IsJson([(byte)'"', 0xC3, (byte)'"']));
    }

    [Fact]
    public void TryRead_ByteOrderMark_IsSkipped()
    {
        Assert.True(ValueReader.TryRead([.. Encoding.UTF8.Preamble, .. "[\"x\"]"u8], out var value));

        Assert.Equal("x", value.List![0].Text);
    }

    [Fact]
    public void TryRead_DeepText_IsReadToItsLimit()
    {
        Assert.True(ValueReader.TryRead(new string('[', 64) + new string(']', 64), out _));
        Assert.False(ValueReader.TryRead(new string('[', 65) + new string(']', 65), out _));
        Assert.False(ValueReader.TryRead(new string('[', 1_000_000), out _));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}")]
    [InlineData("{\"\\u0061\":1,\"a\":2}", "{\"a\":2}")]
    public void TryRead_NameTwice_TheLastCounts(string json, string expected)
    {
        Assert.True(ValueReader.TryRead(json, out var value));

        Assert.Equal(expected, value.ToJson());
    }

    [Fact]
    public void Remove_FromALargeMap_KeepsTheOrderAndTheRest()
    {
        var map = new ValueMap();
        for (var i = 0; i < 20; i++)
        {
            map.Put($"k{i}", Value.Of((long)i));
        }

        Assert.True(map.Remove("k5", out var removed));
        Assert.False(map.Remove("k5", out _));

        Assert.Equal(5, removed.Integer);
        Assert.Equal(19, map.Count);
        Assert.Equal(19, map.Get("k19").Integer);
        Assert.Equal("k6", map.Entries[5].Key);
    }

    [Theory]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData(" { \"a b\" : [ 1 ,\t2 ] ,\r\n \"c\" : \"d \\\" e\\\\\" } ", "{\"a b\":[1,2],\"c\":\"d \\\" e\\\\\"}")]
    [InlineData("\" x \"", "\" x \"")]
    public void WriteCompact_Json_LosesItsSpaceOnly(string json, string expected)
    {
        var body = new JsonBody(Encoding.UTF8.GetBytes(json));
        using var writer = new PooledBufferWriter();

        Assert.True(body.IsJson);
        body.WriteCompact(writer);

        Assert.Equal(expected, Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("\"é\"", "é", true)]
    [InlineData("\"abc\"", "abc", true)]
    [InlineData("\"abc\"", "abd", false)]
    [InlineData("\"é\"", "éé", false)]
    [InlineData("\"\"", "", true)]
    [InlineData("\"a\"", "", false)]
    public void AreSame_TextOfJsonAndString_ComparesCharacters(string json, string text, bool expected)
    {
        Assert.True(ValueReader.TryRead(json, out var value));

        Assert.Equal(expected, ValueComparer.AreSame(value, Value.Of(text)));
        Assert.Equal(expected, ValueComparer.AreSame(Value.Of(text), value));
    }
}
