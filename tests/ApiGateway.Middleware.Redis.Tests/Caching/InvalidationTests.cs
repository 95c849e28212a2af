using ApiGateway.Middleware.Redis.Caching;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

public sealed class InvalidationTests
{
    private static readonly Guid Sender = new("0a0b0c0d-0000-1111-2222-333344445555");

    private static readonly Invalidation[] Samples =
    [
        new(InvalidationKind.Entry, Sender, "orders:prod", CacheEntryId.Of("k"), 0),
        new(InvalidationKind.Stage, Sender, "orders:prod", default, 0),
        new(InvalidationKind.Echo, Sender, "", default, long.MaxValue),
    ];

    [Fact]
    public void TryRead_WhatWriteWrote_IsEqual()
    {
        foreach (var sample in Samples)
        {
            Assert.True(Invalidation.TryRead(sample.Write(), out var read));
            Assert.Equal(sample, read);
        }
    }

    [Fact]
    public void TryRead_OtherVersion_IsNone()
    {
        foreach (var sample in Samples)
        {
            var message = sample.Write();
            message[0] = 2;

            Assert.False(Invalidation.TryRead(message, out _));
        }
    }

    [Fact]
    public void TryRead_Nothing_IsNone() => Assert.False(Invalidation.TryRead(null, out _));

    [Fact]
    public void TryRead_DamagedOrCut_NeverThrows()
    {
        var random = new Random(5);
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var message = Samples[i % Samples.Length].Write();
            message[random.Next(message.Length)] = (byte)random.Next(256);
            read += Invalidation.TryRead(message.AsSpan(0, random.Next(message.Length + 1)), out _) ? 1 : 0;
        }

        Assert.InRange(read, 1, 9_999);
    }
}
