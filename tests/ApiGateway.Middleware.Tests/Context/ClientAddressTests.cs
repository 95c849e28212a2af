using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Context;

public sealed class ClientAddressTests
{
    private static readonly IPNetwork[] Trusted = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")];

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.7", "192.0.2.1")] // nobody vouches for the peer
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7")] // what the client wrote itself does not count
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7,10.0.0.2,10.0.0.3", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7,10.0.0.2,10.0.0.3,10.0.0.4", "10.0.0.2")] // three hops at most
    [InlineData("10.0.0.1", "10.0.0.9, 10.0.0.8", "10.0.0.9")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:192.0.2.1", "", "192.0.2.1")]
    [InlineData("fe80::1%3", "", "fe80::1")]
    [InlineData("fd00::1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("10.0.0.1", "[2001:db8::1]", "2001:db8::1")]
    [InlineData("10.0.0.1", "fe80::1%eth0", "fe80::1")]
    [InlineData("10.0.0.1", "198.51.100.7:8080", "198.51.100.7")]
    [InlineData("10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    public void Of_PeerAndHeader_FindsTheClient(string peer, string forwarded, string expected) =>
        Assert.Equal(expected, Find(peer, 3, forwarded));

    [Theory]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("198.51.100")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("198.51.100.7:http")]
    [InlineData("198.51.100.7:")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]x")]
    [InlineData("")]
    public void Of_MalformedEntry_StopsAtTheLastGoodOne(string entry) =>
        Assert.Equal("10.0.0.2", Find("10.0.0.1", 5, $"198.51.100.7, {entry}, 10.0.0.2"));

    [Theory]
    [InlineData(1, "10.0.0.3")]
    [InlineData(2, "10.0.0.2")]
    [InlineData(3, "198.51.100.7")]
    public void Of_ForwardLimit_BoundsTheWalk(int limit, string expected) =>
        Assert.Equal(expected, Find("10.0.0.1", limit, "198.51.100.7", "10.0.0.2, 10.0.0.3"));

    [Fact]
    public void Of_NoPeer_IsNull() => Assert.Null(ClientAddress.Of(new DefaultHttpContext(), ClientAddressPlan.TrustNobody));

    private static string? Find(string peer, int limit, params string[] forwarded)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (forwarded is not [""])
        {
            http.Request.Headers["X-Forwarded-For"] = new StringValues(forwarded);
        }

        return ClientAddress.Of(http, new ClientAddressPlan(Trusted, limit))?.ToString();
    }
}
