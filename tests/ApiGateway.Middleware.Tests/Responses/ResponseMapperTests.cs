using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>Parameter mappings of responses: rules M-2, M-6 to M-9.</summary>
public sealed class ResponseMapperTests
{
    [Theory]
    [InlineData("append:header.x-a", "two", "one|two")]
    [InlineData("overwrite:header.X-A", "two", "two")]
    [InlineData("remove:header.x-a", "''", "")]
    [InlineData("overwrite:header.x-a", "$response.header.none", "one")]
    [InlineData("overwrite:header.x-a", "$response.header.X-B", "b")]
    [InlineData("overwrite:header.x-a", "$response.body.id", "7")]
    [InlineData("overwrite:header.x-a", "$response.body", "{\"id\":7}")]
    [InlineData("overwrite:header.x-a", "a\r\nb", "a%0D%0Ab")]
    [InlineData("append:header.x-a", "$context.stage", "one|dev")]
    public void Map_Header_IsChanged(string key, string value, string expected)
    {
        var (context, status) = Map((key, value));

        Assert.Equal(500, status);
        Assert.Equal(expected, string.Join('|', context.Http.Response.Headers["x-a"].ToArray()));
    }

    [Theory]
    [InlineData("403", 403)]
    [InlineData("$response.header.status", 204)]
    [InlineData("199", 500)]
    [InlineData("600", 500)]
    [InlineData("abc", 500)]
    [InlineData(" 403", 500)]
    public void Map_StatusCode_IsOverwrittenByLegalOnes(string value, int expected) => Assert.Equal(expected, Map(("overwrite:statuscode", value)).Status);

    // M-8.
    [Fact]
    public void Map_Swap_TakesTheOriginals()
    {
        var headers = Map(("overwrite:header.x-a", "$response.header.x-b"), ("overwrite:header.x-b", "$response.header.x-a")).Context.Http.Response.Headers;

        Assert.Equal(("b", "one"), (headers["x-a"].ToString(), headers["x-b"].ToString()));
    }

    private static (GatewayContext Context, int Status) Map(params (string Key, string Value)[] mappings)
    {
        var context = Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "GET /")), "/dev");
        var headers = context.Http.Response.Headers;
        headers["x-a"] = "one";
        headers["x-b"] = "b";
        headers["status"] = "204";
        var errors = new DefinitionErrors();
        var plan = new ParameterMappingCompiler(new DefinitionOrigin("code", ""), context.Stage, errors).Compile(
            [], new Dictionary<string, IDictionary<string, string>> { ["500"] = mappings.ToDictionary(static item => item.Key, static item => item.Value) });
        Assert.Empty(errors.Errors);
        return (context, ResponseMapper.Map(context, 500, "{\"id\":7}"u8.ToArray(), plan!.ForResponse(500)!));
    }
}
