using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Validation;

namespace ApiGateway.Middleware.Tests.Pipeline.Validation;

public sealed class ParameterValidatorTests
{
    [Theory]
    [InlineData("?a=1", true)]
    [InlineData("?b=2&a=1", true)]
    [InlineData("?a=&a=1", true)]
    [InlineData("?a=1&a=", true)]
    [InlineData("?%61=1", true)]
    [InlineData("?a=%C2%A0", true)]
    [InlineData("?a=%", true)]
    [InlineData("?a=%2", true)]
    [InlineData("?a=%0", true)]
    [InlineData("?a=%0E", true)]
    [InlineData("?a=%0a%0Dx", true)]
    [InlineData("?a==", true)]
    [InlineData("", false)]
    [InlineData("?", false)]
    [InlineData("?a", false)]
    [InlineData("?a=", false)]
    [InlineData("?a=&", false)]
    [InlineData("?a=%20", false)]
    [InlineData("?a=+", false)]
    [InlineData("?a=+%20%09%0a%0D%0b%0C", false)]
    [InlineData("?A=1", false)]
    [InlineData("?aa=1", false)]
    [InlineData("?b=a", false)]
    public void FindMissing_Query_TellsPresentFromAbsentAndBlank(string query, bool isThere) =>
        Assert.Equal(isThere ? null : "a", Missing("GET /x", "/dev/x" + query, [], "method.request.querystring.a"));

    [Theory]
    [InlineData("?%20a=1", " a")]
    [InlineData("?+a=1", " a")]
    [InlineData("?%C3%BC=1", "ü")]
    [InlineData("?a.b=1", "a.b")]
    [InlineData("?a%5B%5D=1", "a[]")]
    public void FindMissing_EncodedQueryName_IsDecoded(string query, string name) =>
        Assert.Null(Missing("GET /x", "/dev/x" + query, [], $"method.request.querystring.{name}"));

    [Theory]
    [InlineData("1", true)]
    [InlineData(" 1 ", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("\t ", false)]
    [InlineData(null, false)]
    public void FindMissing_Header_TellsPresentFromAbsentAndBlank(string? value, bool isThere) =>
        Assert.Equal(isThere ? null : "x-a", Missing("GET /x", "/dev/x", [("X-A", value)], "method.request.header.x-a"));

    [Theory]
    [InlineData("/dev/orders/42", true)]
    [InlineData("/dev/orders/%20", false)]
    public void FindMissing_Path_TellsPresentFromBlank(string target, bool isThere) =>
        Assert.Equal(isThere ? null : "id", Missing("GET /orders/{id}", target, [], "method.request.path.id"));

    [Fact]
    public void FindMissing_GreedyPath_IsThere() =>
        Assert.Null(Missing("GET /files/{proxy+}", "/dev/files/a/b", [], "method.request.path.proxy"));

    [Fact]
    public void FindMissing_PathThatTheResourceDoesNotDeclare_IsAlwaysMissing() =>
        Assert.Equal("issuer", Missing("GET /orders/{id}", "/dev/orders/42", [], "method.request.path.issuer", "method.request.path.id"));

    [Fact]
    public void FindMissing_All_AreToldInTheOrderOfTheirKeys() => Assert.Equal(
        "x-header-param, z, issuer, qs1, qs2",
        Missing(
            "GET /x", "/dev/x", [],
            "method.request.querystring.qs2", "method.request.querystring.qs1", "method.request.path.issuer", "method.request.header.z",
            "method.request.header.x-header-param"));

    [Fact]
    public void FindMissing_Some_OnlyThoseAreTold() => Assert.Equal(
        "b, d", Missing("GET /x", "/dev/x?c=1", [("A", "1")], "method.request.header.a", "method.request.header.b", "method.request.querystring.c", "method.request.querystring.d"));

    private static string? Missing(string route, string target, (string Name, string? Value)[] headers, params string[] required)
    {
        var api = Compiled.Mocks("api", route);
        api.RequestValidators["v"] = new RequestValidatorDefinition("v") { ValidateRequestParameters = true };
        api.Methods[0].RequestValidatorId = "v";
        foreach (var key in required)
        {
            api.Methods[0].RequestParameters[key] = true;
        }

        var context = Compiled.Route(Compiled.Snapshot(api), target);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                context.Http.Request.Headers[name] = new([value]);
            }
        }

        return ParameterValidator.FindMissing(context, context.Route.Validation!.Parameters);
    }
}
