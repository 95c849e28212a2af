using System.Buffers;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Contracts;

public sealed class CachedResponseTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void Read_WhatWriteToWrote_IsEqual()
    {
        var response = Sample();

        var read = CachedResponse.Read(BytesOf(response));

        Assert.NotNull(read);
        Assert.Equal((201, false, Time, Time.AddSeconds(10), Time.AddSeconds(20)), (read.StatusCode, read.IsEncrypted, read.StoredAt, read.FreshUntil, read.KeptUntil));
        Assert.Equal(response.Headers.ToArray(), read.Headers.ToArray());
        Assert.Equal(response.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(response.Size, read.Size);
    }

    [Fact]
    public void Write_Format_HasItsVersionFirst() => Assert.Equal(1, BytesOf(Sample())[0]);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void Read_OtherVersion_IsNothing(byte version)
    {
        var bytes = BytesOf(Sample());
        bytes[0] = version;

        Assert.Null(CachedResponse.Read(bytes));
    }

    [Fact]
    public void Read_CutOffBeforeTheBody_IsNothing()
    {
        var bytes = BytesOf(Sample());

        for (var length = 0; length < bytes.Length - Sample().Body.Length; length++)
        {
            Assert.Null(CachedResponse.Read(bytes.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Read_DamagedBytes_NeverThrows()
    {
        var random = new Random(11);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = BytesOf(Sample());
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            read += CachedResponse.Read(bytes) is null ? 0 : 1;
        }

        Assert.InRange(read, 1, 19_999);
    }

    private static CachedResponse Sample() => new(
        201, [new("Content-Type", "text/plain"), new("X-Many", new StringValues(["a", "\u00E9", ""])), new("X-None", StringValues.Empty)],
        "the body"u8.ToArray(), Time, Time.AddSeconds(10), Time.AddSeconds(20));

    private static byte[] BytesOf(CachedResponse response)
    {
        var bytes = new ArrayBufferWriter<byte>();
        response.WriteTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
