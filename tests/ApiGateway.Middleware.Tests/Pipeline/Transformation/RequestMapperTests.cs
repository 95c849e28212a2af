using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Transformation;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Transformation;

/// <summary>Parameter mappings of requests: rules M-2 to M-9.</summary>
public sealed class RequestMapperTests
{
    [Theory]
    [InlineData("append:header.X-A", "three", "one|two|three")]
    [InlineData("overwrite:header.x-a", "three", "three")]
    [InlineData("remove:header.x-a", "''", "")]
    [InlineData("append:header.x-new", "a", "a")]
    [InlineData("overwrite:header.x-new", "a", "a")]
    [InlineData("append:header.x-new", "$request.header.x-A", "one,two")]
    [InlineData("append:header.x-new", "$request.querystring.q", "1,2 3")]
    [InlineData("append:header.x-new", "$request.path", "/pets/a b/c/d")]
    [InlineData("append:header.x-new", "$request.path.id", "a b")]
    [InlineData("append:header.x-new", "${request.path.id} ${request.path.rest}", "a b c/d")]
    [InlineData("append:header.x-new", "$request.body", "{\"n\":{\"a\":[1,true]},\"t\":\"x\",\"z\":null}")]
    [InlineData("append:header.x-new", "$request.body.n.a[0]", "1")]
    [InlineData("append:header.x-new", "$request.body.n", "{\"a\":[1,true]}")]
    [InlineData("append:header.x-new", "$request.body.t", "x")]
    [InlineData("append:header.x-new", "$context.httpMethod", "GET")]
    [InlineData("append:header.x-new", "${context.stage}-${stageVariables.v}", "dev-one")]
    [InlineData("append:header.x-new", "a\r\nX-Evil: b", "a  X-Evil: b")]
    public void Map_Header_IsChanged(string key, string value, string expected)
    {
        var context = Map((key, value));

        Assert.Equal(expected, string.Join('|', context.SentHeader(key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..]).ToArray()));
    }

    // M-7: the existing value stays.
    [Theory]
    [InlineData("append:header.x-a", "$request.header.none")]
    [InlineData("overwrite:header.x-a", "$request.querystring.none")]
    [InlineData("overwrite:header.x-a", "$request.querystring.Q")]
    [InlineData("overwrite:header.x-a", "$request.path.none")]
    [InlineData("overwrite:header.x-a", "$request.body.none")]
    [InlineData("overwrite:header.x-a", "$request.body.z")]
    [InlineData("overwrite:header.x-a", "$context.none")]
    public void Map_SourceThatLeadsToNothing_ChangesNothing(string key, string value)
    {
        var context = Map((key, value));

        Assert.Equal(new StringValues(["one", "two"]), context.SentHeader("x-a"));
    }

    [Fact]
    public void Map_NothingInBraces_IsEmptyText() => Assert.Equal("[]", Map(("append:header.x-new", "[${request.header.none}]")).SentHeader("x-new"));

    // M-8: in either order.
    [Fact]
    public void Map_Rename_TakesTheOriginal()
    {
        var context = Map(("remove:header.x-a", "''"), ("append:header.x-b", "$request.header.x-a"), ("overwrite:header.x-c", "$request.header.x-b"));

        Assert.Equal(StringValues.Empty, context.SentHeader("x-a"));
        Assert.Equal("one,two", context.SentHeader("x-b"));
        Assert.Equal(StringValues.Empty, context.SentHeader("x-c"));
        Assert.DoesNotContain(context.SentHeaders.ToArray(), static header => header.Key.Equals("x-a", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("append:querystring.n", "a b&c", "?q=1&p=%20&q=2+3&n=a%20b%26c")]
    [InlineData("append:querystring.q", "4", "?q=1&p=%20&q=2+3&q=4")]
    [InlineData("overwrite:querystring.q", "4", "?p=%20&q=4")]
    [InlineData("overwrite:querystring.Q", "4", "?q=1&p=%20&q=2+3&Q=4")]
    [InlineData("remove:querystring.q", "''", "?p=%20")]
    [InlineData("overwrite:querystring.q", "$request.header.none", "?q=1&p=%20&q=2+3")]
    public void Map_Query_IsChanged(string key, string value, string expected) => Assert.Equal(expected, Map((key, value)).SentQuery.ToString());

    [Fact]
    public void Map_QueryOfOneParameter_CanBecomeEmpty() =>
        Assert.Equal("", Map("/dev/pets/1/x?q=1", ("remove:querystring.q", "''")).SentQuery.ToString());

    // M-9.
    [Theory]
    [InlineData("/x%20y", "/x%20y")]
    [InlineData("x y?z#", "/x%20y%3Fz%23")]
    [InlineData("$request.path", "/pets/a%20b/c/d")]
    [InlineData("/v2${request.path}", "/v2/pets/a%20b/c/d")]
    [InlineData("/${request.path.id}", "/a%20b")]
    public void Map_Path_IsTakenAsEncoded(string value, string expected) => Assert.Equal(expected, Map(("overwrite:path", value)).Outgoing!.ReplacedPath);

    [Theory]
    [InlineData("good.example.com:8080", "good.example.com:8080")]
    [InlineData("bad host", "localhost")]
    public void Map_Host_IsOverwrittenIfItIsOne(string value, string expected) =>
        Assert.Equal(expected, Map(("overwrite:header.Host", value)).SentHeader("host"));

    // M-5: with a path, no more than 100 KB of the body counts; what is cut does not parse.
    [Theory]
    [InlineData(100 * 1024, "x")]
    [InlineData((100 * 1024) + 1, "")]
    public void Map_LongBody_IsNotSearched(int length, string expected)
    {
        var body = "{\"t\":\"x\"}".PadRight(length - 1) + (length > 100 * 1024 ? "" : " ");
        body = length > 100 * 1024 ? "{\"t\":\"x\",\"p\":\"" + new string('p', length) + "\"}" : body;

        var context = Create("/dev/pets/1/x");
        context.Body.Replace(context.Http, System.Text.Encoding.UTF8.GetBytes(body));
        Map(context, ("append:header.x-new", "$request.body.t"));

        Assert.Equal(expected, context.SentHeader("x-new").ToString());
    }

    private static GatewayContext Map(params (string Key, string Value)[] mappings) => Map("/dev/pets/a%20b/c/d?q=1&p=%20&q=2+3", mappings);

    private static GatewayContext Map(string target, params (string Key, string Value)[] mappings) => Map(Create(target), mappings);

    private static GatewayContext Map(GatewayContext context, params (string Key, string Value)[] mappings)
    {
        var errors = new DefinitionErrors();
        var plan = new ParameterMappingCompiler(new DefinitionOrigin("code", ""), context.Stage, errors)
            .Compile(mappings.ToDictionary(static item => item.Key, static item => item.Value), []);
        Assert.Empty(errors.Errors);
        RequestMapper.Map(context, plan!.Request);
        return context;
    }

    private static GatewayContext Create(string target)
    {
        var api = Compiled.Mocks("api", "GET /pets/{id}/{rest+}");
        api.Stages["dev"].Variables["v"] = "one";
        var context = Compiled.Route(Compiled.Snapshot(api), target);
        context.Http.Request.Headers["X-A"] = new StringValues(["one", "two"]);
        context.Body.Replace(context.Http, "{\"n\":{\"a\":[1,true]},\"t\":\"x\",\"z\":null}"u8);
        return context;
    }
}
