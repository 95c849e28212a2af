using ApiGateway.Middleware.Context;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Tests.Context;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a/b", "/a/b", "")]
    [InlineData("/a?b=c?d", "/a", "?b=c?d")]
    [InlineData("/a%2Fb%20c", "/a%2Fb%20c", "")]
    [InlineData("http://host:80/a%2Fb?c", "/a%2Fb", "?c")]
    [InlineData("https://host", "", "")]
    [InlineData("http://host?c", "", "?c")]
    [InlineData("*", "", "")]
    [InlineData("//a", "//a", "")]
    public void Of_Target_IsCutAsReceived(string raw, string path, string query)
    {
        var target = Read(raw, path.Length == 0 ? "/" : TestRequest.Decoded(path));

        Assert.Equal(path, target.Path.ToString());
        Assert.Equal(query, target.Query.ToString());
    }

    [Theory]
    [InlineData("/base/a%20b", "/base", "/a b", "/a%20b")]
    [InlineData("/x/y/a", "/x/y", "/a", "/a")]
    [InlineData("/base", "/base", "", "")]
    [InlineData("http://host/base/a", "/base", "/a", "/a")]
    public void Of_PathBase_IsLeftOut(string raw, string pathBase, string path, string expected) =>
        Assert.Equal(expected, Read(raw, path, pathBase).Path.ToString());

    [Theory]
    [InlineData("/old?x=1", "/new path", "/new%20path?x=1")]
    [InlineData("/a%20b", "/other", "/other")]
    [InlineData("/old", "/new%2Fpath", "/new%2Fpath")]
    public void Of_RewrittenPath_CountsInsteadOfTheClients(string raw, string path, string expected)
    {
        var target = Read(raw, path, query: raw.Contains('?', StringComparison.Ordinal) ? raw[raw.IndexOf('?', StringComparison.Ordinal)..] : "");

        Assert.Equal(expected, target.Path.ToString() + target.Query.ToString());
    }

    [Fact]
    public void Of_ServerWithoutRawTarget_IsRebuilt() =>
        Assert.Equal("/a%20b", Read("", "/a b").Path.ToString());

    [Theory]
    [InlineData("/a/b")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%20%C3%A4")]
    [InlineData("/.well-known/...")]
    [InlineData("/a%252e%252e/b")] // decoded once only
    [InlineData("/user/test+alias@gmail.com;v=1")]
    [InlineData("/a?b=[1]&c=%7C")]
    [InlineData("/a?../..")]
    public void IsMalformed_OrdinaryTarget_No(string raw) => Assert.False(ReadAsServed(raw).IsMalformed());

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/.")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/.%2e")]
    [InlineData("/a%2f..%2fb")]
    [InlineData("/a/..%2Fb")]
    [InlineData("/a/..;x/b")]
    [InlineData("/a/..%3Bx/b")]
    [InlineData("/a%00b")]
    [InlineData("/a%0Ab")]
    [InlineData("/a%7F")]
    [InlineData("/a%5C..%5Cb")]
    [InlineData("/a\\b")]
    [InlineData("/%C0%AE%C0%AE/b")] // overlong
    [InlineData("/%E0%80%AF")]
    [InlineData("/%ED%A0%80")] // half a surrogate pair
    [InlineData("/%FF")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a%")]
    [InlineData("/a b")]
    [InlineData("/a?b|c")]
    [InlineData("/a?{b}")]
    [InlineData("/a?b\\c")]
    [InlineData("/a?b c")]
    [InlineData("/a?\u00e4")]
    public void IsMalformed_AmbiguousTarget_Yes(string raw) => Assert.True(ReadAsServed(raw).IsMalformed());

    [Theory]
    [InlineData("/a%20b", "/a b", true)]
    [InlineData("/a%2Fb", "/a%2Fb", true)]
    [InlineData("/a%2fb", "/a%2fb", true)]
    [InlineData("/%C3%A4", "/\u00e4", true)]
    [InlineData("/a%20b", "/b", false)]
    [InlineData("/a%2Fb", "/a/b", false)]
    [InlineData("/%FF", "/x", true)] // refused later on, so its form is kept
    public void DecodesTo_ServersPath_IsComparedOnce(string path, string parsed, bool expected) =>
        Assert.Equal(expected, EscapedPath.DecodesTo(path, parsed));

    // As a server hands it on: decoded but for %2F, and without dot segments.
    private static RequestTarget ReadAsServed(string raw)
    {
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return Read(raw, TestRequest.Decoded(query < 0 ? raw : raw[..query]));
    }

    private static RequestTarget Read(string raw, string path, string pathBase = "", string query = "")
    {
        var http = new DefaultHttpContext();
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = raw;
        http.Request.PathBase = new PathString(pathBase);
        http.Request.Path = new PathString(path);
        http.Request.QueryString = new QueryString(query);
        return RequestTarget.Of(http);
    }
}
