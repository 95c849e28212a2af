using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Caching;

namespace ApiGateway.Middleware.Tests.Pipeline.Caching;

public sealed class EntryCipherTests
{
    private static readonly ResponseCachePartition Prod = new("api", "prod", 1);
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EntryCipher _sut = new(new byte[32]);

    [Fact]
    public void Open_WhatWasSealed_IsTheAnswer()
    {
        var opened = _sut.Open(Prod, "key", _sut.Seal(Prod, "key", Answer()));

        Assert.NotNull(opened);
        Assert.Equal((200, "secret", "secret name"), (opened.StatusCode, System.Text.Encoding.UTF8.GetString(opened.Body.Span), opened.Headers[0].Value.ToString()));
    }

    [Fact]
    public void Seal_HidesAllButTheTimes()
    {
        var sealedOnce = _sut.Seal(Prod, "key", Answer());
        var again = _sut.Seal(Prod, "key", Answer());

        Assert.True(sealedOnce.IsEncrypted);
        Assert.Equal((0, 0, Time, Time.AddMinutes(1), Time.AddMinutes(2)), (sealedOnce.StatusCode, sealedOnce.Headers.Length, sealedOnce.StoredAt, sealedOnce.FreshUntil, sealedOnce.KeptUntil));
        Assert.False(sealedOnce.Body.Span.IndexOf("secret"u8) >= 0);
        Assert.NotEqual(sealedOnce.Body.ToArray(), again.Body.ToArray());
    }

    [Fact]
    public void Open_AnotherKeyPlaceOrByte_IsNothing()
    {
        var response = _sut.Seal(Prod, "key", Answer());
        var changed = response.Body.ToArray();
        changed[^1] ^= 1;

        Assert.Null(new EntryCipher([.. Enumerable.Repeat((byte)1, 32)]).Open(Prod, "key", response));
        Assert.Null(_sut.Open(Prod, "kez", response));
        Assert.Null(_sut.Open(new ResponseCachePartition("api", "test", 1), "key", response));
        Assert.Null(_sut.Open(Prod, "key", new CachedResponse(0, [], changed, Time, Time, Time, isEncrypted: true)));
        Assert.Null(_sut.Open(Prod, "key", new CachedResponse(0, [], changed.AsMemory(0, 20), Time, Time, Time, isEncrypted: true)));
    }

    private static CachedResponse Answer() => new(200, [new("X-A", "secret name")], "secret"u8.ToArray(), Time, Time.AddMinutes(1), Time.AddMinutes(2));
}
