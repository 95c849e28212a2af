using ApiGateway.Middleware.Integrations.Http;

namespace ApiGateway.Middleware.Tests.Integrations.Http;

public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Authorization")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("transfer-encoding")]
    [InlineData("Upgrade")]
    [InlineData("HTTP2-Settings")]
    [InlineData("Host")]
    [InlineData("Expect")]
    public void RequestDropped_HeaderOfOneConnection_InBothProfiles(string name)
    {
        Assert.True(HeaderRules.PlainRequestDropped.TryGetValue(name, out _));
        Assert.True(HeaderRules.AwsRequestDropped.TryGetValue(name, out _));
    }

    [Theory]
    [InlineData("Via")]
    [InlineData("Max-Forwards")]
    [InlineData("Content-MD5")]
    public void RequestDropped_WhatTheServiceDrops_InItsProfileOnly(string name)
    {
        Assert.False(HeaderRules.PlainRequestDropped.TryGetValue(name, out _));
        Assert.True(HeaderRules.AwsRequestDropped.TryGetValue(name, out _));
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Accept")]
    [InlineData("Content-Type")]
    [InlineData("Cookie")]
    public void Dropped_EndToEndHeader_InNone(string name)
    {
        Assert.False(HeaderRules.PlainRequestDropped.TryGetValue(name, out _));
        Assert.False(HeaderRules.AwsRequestDropped.TryGetValue(name, out _));
        Assert.False(HeaderRules.PlainResponseDropped.TryGetValue(name, out _));
        Assert.False(HeaderRules.AwsResponseDropped.TryGetValue(name, out _));
    }

    [Theory]
    [InlineData("date", "x-amzn-Remapped-Date")]
    [InlineData("Server", "x-amzn-Remapped-Server")]
    [InlineData("X-Amzn-RequestId", "x-amzn-Remapped-x-amzn-RequestId")]
    public void AwsRemapped_HeaderOfTheGateway_GetsAnotherName(string name, string expected) =>
        Assert.Equal(expected, HeaderRules.AwsRemapped[name]);
}
