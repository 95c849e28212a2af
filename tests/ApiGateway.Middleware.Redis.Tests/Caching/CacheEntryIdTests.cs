using System.Text;
using ApiGateway.Middleware.Redis.Caching;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

public sealed class CacheEntryIdTests
{
    [Fact]
    public void Of_Key_IsTheBeginningOfItsHash()
    {
        Span<byte> bytes = stackalloc byte[CacheEntryId.Length];
        CacheEntryId.Of("GET /orders").Write(bytes);

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Encoding.Unicode.GetBytes("GET /orders"))[..CacheEntryId.Length], bytes.ToArray());
    }

    [Fact]
    public void Of_KeysThatAreNoText_AreToldApart() => Assert.NotEqual(CacheEntryId.Of("\uD800"), CacheEntryId.Of("\uDBFF"));

    [Fact]
    public void WriteText_AsBytesAndAsCharacters_IsTheSame()
    {
        var id = CacheEntryId.Of("k");
        Span<byte> bytes = stackalloc byte[CacheEntryId.TextLength];
        Span<char> chars = stackalloc char[CacheEntryId.TextLength];

        id.WriteText(bytes);
        id.WriteText(chars);

        Assert.Equal(Encoding.ASCII.GetString(bytes), chars.ToString());
        Assert.Matches("^[A-Za-z0-9_-]{32}$", chars.ToString());
    }

    [Fact]
    public void Read_WhatWriteWrote_IsEqual()
    {
        Span<byte> bytes = stackalloc byte[CacheEntryId.Length];
        CacheEntryId.Of("k").Write(bytes);

        Assert.Equal(CacheEntryId.Of("k"), CacheEntryId.Read(bytes));
    }
}
