using System.Collections.Frozen;
using System.Net;
using System.Security.Claims;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Tests.Pipeline.Throttling;

/// <summary>Which callers are one.</summary>
public sealed class LimitKeyReaderTests
{
    private readonly LimitKeyReader _sut = new(isShared: false);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", 32, true)]
    [InlineData("192.0.2.1", "192.0.2.2", 32, false)]
    [InlineData("192.0.2.1", "192.0.2.254", 24, true)]
    [InlineData("192.0.2.1", "192.0.3.1", 24, false)]
    [InlineData("192.0.2.1", "192.0.2.127", 25, true)]
    [InlineData("192.0.2.1", "192.0.2.128", 25, false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", 32, true)]
    [InlineData("192.0.2.1", "203.0.113.9", 0, true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", 32, true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", 32, false)]
    public void HashOf_Addresses_AreComparedByTheirFirstBits(string one, string other, int bits, bool areOne)
    {
        var part = new LimitKeyPart(LimitKeyPlace.Address, "", bits, 64);

        Assert.Equal(areOne, Hash(part, http => http.Connection.RemoteIpAddress = IPAddress.Parse(one))
            == Hash(part, http => http.Connection.RemoteIpAddress = IPAddress.Parse(other)));
    }

    [Fact]
    public void HashOf_Headers_DifferWithEveryValue()
    {
        var part = new LimitKeyPart(LimitKeyPlace.Header, "X-Tenant");
        string[][] values = [["a"], ["A"], ["ab"], ["a", "b"], ["b", "a"], ["a,b"], ["a", ""], ["", "a"], [new string('x', 300)], [new string('x', 5000)], []];

        var hashes = values.Select(value => Hash(part, http => http.Request.Headers["X-Tenant"] = value)).ToList();

        Assert.Equal(values.Length, hashes.Distinct().Count());
        Assert.DoesNotContain(default, hashes);
    }

    [Fact]
    public void HashOf_NoValue_IsOneCaller()
    {
        var header = new LimitKeyPart(LimitKeyPlace.Header, "X-Tenant");

        Assert.Equal(Hash(header, static _ => { }), Hash(header, static http => http.Request.Headers["X-Tenant"] = ""));
        Assert.NotEqual(default, Hash(header, static _ => { }));
        Assert.NotEqual(default, Hash(new LimitKeyPart(LimitKeyPlace.Principal, ""), static _ => { }));
    }

    [Fact]
    public void HashOf_SeveralParts_DoNotRunIntoEachOther()
    {
        LimitKeyPart[] key = [new(LimitKeyPlace.Header, "A"), new(LimitKeyPlace.Header, "B")];
        var hashes = new HashSet<UInt128>();
        foreach (var (a, b) in new[] { ("x", "y"), ("y", "x"), ("xy", ""), ("", "xy"), ("x", "") })
        {
            Assert.True(hashes.Add(Hash(key, http => (http.Request.Headers["A"], http.Request.Headers["B"]) = (a, b))));
        }
    }

    [Fact]
    public void HashOf_Principal_IsWhoeverWasAuthenticated()
    {
        var part = new LimitKeyPart(LimitKeyPlace.Principal, "");
        CallerIdentity[] callers =
        [
            new() { PrincipalId = "bob" },
            new() { Claims = new Dictionary<string, string> { ["sub"] = "bob" }.ToFrozenDictionary() },
            new() { User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "bob")], "x")) },
        ];

        Assert.Single(callers.Select(caller => HashAs(part, caller)).Distinct());
        Assert.NotEqual(HashAs(part, new() { PrincipalId = "eve" }), HashAs(part, callers[0]));
        Assert.Equal(HashAs(new(LimitKeyPlace.Claim, "sub"), callers[1]), HashAs(part, callers[0]));
        Assert.Equal(HashAs(new(LimitKeyPlace.PrincipalId, ""), callers[1]), HashAs(new(LimitKeyPlace.PrincipalId, ""), null));
    }

    [Fact]
    public void HashOf_Context_IsAnyVariable()
    {
        var part = new LimitKeyPart(LimitKeyPlace.Context, "httpMethod");

        Assert.NotEqual(Hash(part, static http => http.Request.Method = "GET"), Hash(part, static http => http.Request.Method = "PUT"));
    }

    [Fact]
    public void HashOf_NoKey_IsZero() => Assert.Equal(default, Hash([], static _ => { }));

    [Fact]
    public void HashOf_Shared_IsTheSameInEveryProcess_AndElseInNone()
    {
        LimitKeyPart[] key = [new(LimitKeyPlace.Header, "X-Tenant")];
        UInt128 Of(LimitKeyReader reader) => reader.HashOf(Context(static http => http.Request.Headers["X-Tenant"] = "a"), key);

        // A fixed value, because processes of another version share it.
        Assert.Equal(UInt128.Parse("62554475223350210613247957591965365226", null), Of(new(isShared: true)));
        Assert.NotEqual(Of(new(isShared: false)), Of(new(isShared: false)));
    }

    private UInt128 HashAs(LimitKeyPart part, CallerIdentity? caller)
    {
        var context = Context(static _ => { });
        if (caller is not null)
        {
            context.Enter(caller);
        }

        return _sut.HashOf(context, [part]);
    }

    private UInt128 Hash(LimitKeyPart part, Action<HttpContext> prepare) => Hash([part], prepare);

    private UInt128 Hash(LimitKeyPart[] key, Action<HttpContext> prepare) => _sut.HashOf(Context(prepare), key);

    private static GatewayContext Context(Action<HttpContext> prepare)
    {
        var context = Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "ANY /x")), "/dev/x");
        prepare(context.Http);
        return context;
    }
}
